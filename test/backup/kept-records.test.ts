import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KeptRecords, plainly } from "../../src/backup/disposable/kept-records";
import type { SegmentLog } from "../../src/model";

/** A database that counts the records that are written to it. */
class Database implements SegmentLog {
  rows: unknown[] = [];
  written = 0;
  /** Whether it takes what is written to it; something may happen before it has answered. */
  takes: () => boolean = () => true;

  async load(): Promise<readonly unknown[]> {
    return structuredClone(this.rows);
  }

  async write(segment: object, isWhole: boolean): Promise<boolean> {
    if (!this.takes()) return false;
    this.rows = [...(isWhole ? [] : this.rows), structuredClone(segment)];
    this.written += (segment as { segment: { put: Map<string, unknown> } }).segment.put.size;
    return true;
  }

  open(mostSegments = 5): Promise<KeptRecords<number>> {
    return KeptRecords.open(this, { breath: () => undefined }, { ...plainly<number>(), mostSegments });
  }
}

async function saved(kept: KeptRecords<number>, ...records: (readonly [string, number | undefined])[]) {
  for (const [name, value] of records) kept.set(name, value);
  await kept.save();
}

const name = fc.constantFrom(...Array.from("abcdefghijkl"));
const changes = fc.array(fc.tuple(name, fc.option(fc.nat(), { nil: undefined })), { maxLength: 4 });
const tries = fc.record({ some: changes, meanwhile: changes, takes: fc.boolean() });

describe("kept records", () => {
  it("are after each save, and after a restart, what a map would hold, in few segments", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(changes, { maxLength: 30, size: "max" }), async (saves) => {
        const database = new Database();
        const expected = new Map<string, number>();
        const kept = await database.open();
        for (const some of saves) {
          await saved(kept, ...some);
          for (const [one, value] of some)
            if (value === undefined) expected.delete(one);
            else expected.set(one, value);
          const again = await database.open();
          for (const all of [kept, again]) {
            expect(new Map(all)).toEqual(expected);
            for (const one of "abcdefghijkl") expect(all.get(one)).toBe(expected.get(one));
          }
          expect(database.rows.length).toBeLessThanOrEqual(5);
        }
      }),
    );
  });

  it("are written down three times at most while they grow, however often they are saved", async () => {
    const database = new Database();
    const kept = await database.open(Infinity);
    const numbers = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, at) => [String(from + at), at] as const);
    await saved(kept, ...numbers(0, 100));
    for (let at = 100; at < 900; at += 10) await saved(kept, ...numbers(at, at + 10));
    expect(database.written).toBeLessThanOrEqual(3 * 900);
    expect([...(await database.open())]).toHaveLength(900);
  });

  it("that the database did not take are there after the next save, in few segments, whatever has changed meanwhile", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(tries, { maxLength: 30, size: "max" }), async (saves) => {
        const database = new Database();
        const kept = await database.open();
        for (const { some, meanwhile, takes } of saves) {
          database.takes = () => {
            for (const [one, value] of meanwhile) kept.set(one, value);
            return takes;
          };
          await saved(kept, ...some);
        }
        database.takes = () => true;
        await kept.save();
        expect(new Map(await database.open())).toEqual(new Map(kept));
        expect(database.rows.length).toBeLessThanOrEqual(5);
      }),
    );
  });

  it("of a form that is not known are passed over, and replaced by the next save", async () => {
    const database = new Database();
    database.rows = [null, "text", { form: "records 99", segment: { put: new Map(), removed: [] } }, {}];
    const kept = await database.open();
    expect([...kept]).toEqual([]);
    await saved(kept, ["a", 1]);
    expect(database.rows).toHaveLength(1);
    expect([...(await database.open())]).toEqual([["a", 1]]);
  });

  it("that an earlier version has written are read", async () => {
    const database = new Database();
    const row = (put: [string, number][], removed: string[]) => ({
      form: "records 1",
      segment: { put: new Map(put), removed: new Set(removed) },
    });
    database.rows = [row([["a", 1]], []), row([["b", 2]], ["a"]), row([["c", 3]], [])];
    expect([...(await database.open())]).toEqual([
      ["b", 2],
      ["c", 3],
    ]);
  });
});
