import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KeptRecords, plainly } from "../../src/backup/disposable/kept-records";
import { Ledger } from "../../src/backup/ledger/ledger";
import { writeLine, type JournalLine } from "../../src/backup/ledger/journal";
import { PACKED_FORM } from "../../src/backup/ledger/packed-journal";
import {
  accountKey,
  albumId,
  deviceId,
  fingerprintFrom,
  mediaItemId,
  type JournalStore,
  type RecipeKey,
  type SegmentLog,
} from "../../src/model";
import { SimulatedTime } from "../simulation/clock";
import { SeededRandom } from "../simulation/random";

const ACCOUNTS = [accountKey("client", "1"), accountKey("client", "2")] as const;
const FINGERPRINTS = ["a".repeat(64), `${"a".repeat(63)}b`, "c".repeat(64)].map(fingerprintFrom);
const IDS = ["i", "\ufeffj"].map(mediaItemId);

/** A device's folder of journals, and what it keeps of them. Every change is a minute apart. */
class Folder {
  readonly files = new Map<string, { readonly text: string; readonly mtime: number }>();
  cache: unknown[] = [];
  reads = 0;
  /** Journals that a sync tool has in its hands. */
  readonly taken = new Set<string>();
  readonly #time = new SimulatedTime();
  readonly #clock = this.#time.clock(() => 0);

  readonly journals: JournalStore = {
    list: async () =>
      [...this.files].map(([name, { text, mtime }]) => ({ name, size: Buffer.byteLength(text), mtime })),
    read: async (name) => {
      this.reads += 1;
      if (this.taken.has(name)) throw new Error("taken");
      return this.files.get(name)?.text ?? "";
    },
    append: async (name, text) => this.write(name, this.text(name) + text),
  };

  readonly #log: SegmentLog = {
    load: async () => structuredClone(this.cache),
    write: async (segment, isWhole) => {
      this.cache = [...(isWhole ? [] : this.cache), structuredClone(segment)];
      return true;
    },
  };

  /** The journals of which something is kept. */
  async kept(): Promise<readonly string[]> {
    return [...(await KeptRecords.open(this.#log, this.#clock, plainly(PACKED_FORM)))].map(([name]) => name);
  }

  text(name: string): string {
    return this.files.get(name)?.text ?? "";
  }

  write(name: string, text: string): void {
    this.files.set(name, { text, mtime: this.#clock.now() });
  }

  pass(): Promise<unknown> {
    return this.#time.run(() => false, 60_000);
  }

  /** Opens the ledger as a start does, with or without what was kept. */
  async open(isKept: boolean): Promise<Ledger> {
    const ledger = await Ledger.open({
      journals: this.journals,
      journalCache: isKept ? this.#log : { ...this.#log, load: async () => [] },
      memory: { get: () => undefined, set: () => undefined },
      clock: this.#clock,
      random: new SeededRandom(1),
    });
    if (isKept) await ledger.keep();
    return ledger;
  }
}

const head = fc.record({
  v: fc.constant(1 as const),
  device: fc.constantFrom("d", "e").map(deviceId),
  n: fc.integer({ min: 1, max: 12 }),
  at: fc.integer({ min: 0, max: 9 }),
  account: fc.constantFrom(...ACCOUNTS),
});
const fp = fc.constantFrom(...FINGERPRINTS);
const id = fc.constantFrom(...IDS);
const recipe = fc.constantFrom<RecipeKey>("o", "sd");
const album = { album: fc.constantFrom("one", "two").map(albumId) };
const path = { path: fc.constantFrom("a.png", "b/a.png", 'Zoë "\\ 🌳.png', "half \ud83c.png") };

const line: fc.Arbitrary<JournalLine> = fc
  .tuple(
    head,
    fc.oneof(
      fc.record({
        what: fc.constant("intent" as const),
        fp,
        recipe,
        hash: fc.constant("h"),
        name: fc.constant("n"),
      }),
      fc.record(
        {
          what: fc.constant("item" as const),
          fp,
          recipe,
          id,
          origin: fc.constantFrom("created" as const, "found" as const),
          ...album,
          ...path,
          bytes: fc.nat(9),
          size: fc.nat(9),
          huge: fc.constant(true as const),
          hash: fc.constant("h"),
        },
        { requiredKeys: ["what", "fp", "recipe", "id", "origin"] },
      ),
      fc.record({ what: fc.constantFrom("dropped" as const, "refused" as const), fp, recipe }),
      fc.record({ what: fc.constantFrom("removed" as const, "superseded" as const), fp, id }),
      fc.record({ what: fc.constant("again" as const), fp }),
      fc.record(
        { what: fc.constant("seen" as const), mark: fc.constant("aaaaaaaaaaaaaaaao" as never), id, ...album },
        { requiredKeys: ["what", "mark", "id"] },
      ),
      fc.record({ what: fc.constant("unseen" as const), id }),
    ),
  )
  .map(([first, rest]) => ({ ...first, ...rest }));

/** What may become of a journal while nobody looks, and by whom. */
const change = fc.record({
  name: fc.constantFrom("d-1.jsonl", "e-1.jsonl", "e-1 (conflicted copy).jsonl"),
  as: fc.constantFrom(
    "grown",
    "torn",
    "edited",
    "swapped",
    "newer",
    "gone",
    "copied",
    "backdated",
    "untouched",
  ),
  lines: fc.array(line, { minLength: 1, maxLength: 6 }),
});

type Change = typeof change extends fc.Arbitrary<infer One> ? One : never;

function apply(folder: Folder, { name, as, lines }: Change): void {
  const text = folder.text(name);
  const more = lines.map(writeLine).join("");
  switch (as) {
    case "grown":
      return folder.write(name, text + more);
    case "torn":
      return folder.write(name, text.slice(0, Math.floor(text.length * 0.7)));
    case "edited":
      // Of the same length: only its time tells.
      return folder.write(name, text.replaceAll('"what":"item"', '"what":"itch"'));
    case "swapped":
      return folder.write(name, more);
    case "newer":
      return folder.write(name, `${text}{"v":99}\n`);
    case "gone":
      return void folder.files.delete(name);
    case "copied":
      return folder.write("a foreign name.jsonl", text);
    case "backdated":
      // Of the same time: only its length tells.
      return void folder.files.set(name, { text: text + more, mtime: folder.files.get(name)?.mtime ?? 0 });
    case "untouched":
  }
}

describe("a journal that cannot be read", () => {
  it("stops a start, since what it tells might be sent again", async () => {
    const folder = new Folder();
    folder.write("d-1.jsonl", fc.sample(line, 4).map(writeLine).join(""));
    folder.taken.add("d-1.jsonl");
    await expect(folder.open(true)).rejects.toThrow("taken");
  });

  it("is read the next time, where others have been read meanwhile", async () => {
    const [text, more] = [fc.sample(line, 20), fc.sample(line, 20)].map((lines) =>
      lines.map(writeLine).join(""),
    );
    const folder = new Folder();
    folder.write("d-1.jsonl", text ?? "");
    const ledger = await folder.open(false);
    folder.write("e-1.jsonl", more ?? "");
    folder.taken.add("e-1.jsonl");
    expect(await ledger.readAll()).toBe(false);
    folder.taken.clear();
    expect(await ledger.readAll()).toBe(true);
    expect(told(ledger)).toEqual(told(await folder.open(false)));
  });
});

/** All that a ledger answers. */
function told(ledger: Ledger): unknown {
  return ACCOUNTS.map((account) => ({
    size: ledger.sizeOf(account),
    newer: ledger.newer,
    last: ledger.lastAccount,
    ids: IDS.map((one) => ledger.knows(account, one)),
    albums: ["one", "two"].map((one) => ledger.knownIn(account, albumId(one))),
    unlinked: [...ledger.unlinked(account)].map((one) => one.id).sort(),
    records: FINGERPRINTS.map((fingerprint) => {
      // Asked before there is a whole record, and with it.
      const known = ledger.known(account, fingerprint);
      const doubles = known ? ledger.doubles(account, known) : [];
      const safe = known?.item?.id;
      const record = ledger.record(account, fingerprint);
      const item = record?.item;
      return {
        place: [record?.path, record?.size],
        left: [...(record?.toTakeOut(deviceId("d")) ?? [])].map((one) => one.id).sort(),
        present: [...(record?.present ?? [])].sort(),
        gone: [...(record?.gone ?? [])].sort(),
        open: record?.openIntents.map(({ device, n }) => `${device} ${String(n)}`).sort(),
        is: [record?.isSuperseded, record?.isForgotten, record?.isWanted, record?.isRefused()],
        removed: record?.removed?.item.id,
        doubles: [...doubles].sort(),
        safe: safe === item?.id,
        item: item && [
          item.id,
          item.url,
          item.recipe,
          item.origin,
          item.since,
          item.album,
          item.bytes,
          item.restored,
          item.huge,
        ],
        line: item && record.told(item.id),
      };
    }),
  }));
}

describe("what is kept of journals", () => {
  it("never hides what they say, whatever becomes of them", async () => {
    const history = fc.array(fc.array(change, { maxLength: 3 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(history, async (starts) => {
        const folder = new Folder();
        for (const changes of starts) {
          for (const one of changes) apply(folder, one);
          await folder.pass();
          expect(told(await folder.open(true))).toEqual(told(await folder.open(false)));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("says of lines what it says of the same lines written down one by one", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 12 }), async (lines) => {
        const [whole, apart] = [new Folder(), new Folder()];
        whole.write("d-1.jsonl", lines.map(writeLine).join(""));
        lines.forEach((one, place) => apart.write(`${String(place)}.jsonl`, writeLine(one)));
        const [one, other] = [await whole.open(false), await apart.open(false)];
        expect(told(one)).toEqual(told(other));
      }),
    );
  });

  it("spares reading a journal that is as it was", async () => {
    const folder = new Folder();
    for (const one of fc.sample(line, 40)) await folder.journals.append("d-1.jsonl", writeLine(one));
    await folder.pass();
    await folder.open(true);
    expect(folder.reads).toBe(1);
    await folder.open(true);
    expect(folder.reads).toBe(1);
  });

  it("is not trusted of a journal as young as its reading, nor in another form", async () => {
    const folder = new Folder();
    folder.write("d-1.jsonl", fc.sample(line, 4).map(writeLine).join(""));
    await folder.open(true);
    expect(await folder.kept()).toEqual([]);
    await folder.pass();
    await folder.open(true);
    folder.cache = folder.cache.map((row) => ({ ...(row as object), form: "journals 1.0" }));
    folder.reads = 0;
    await folder.open(true);
    expect(folder.reads).toBe(1);
  });

  it("goes with its journal", async () => {
    const folder = new Folder();
    folder.write("d-1.jsonl", "");
    await folder.pass();
    await folder.open(true);
    expect(await folder.kept()).toEqual(["d-1.jsonl"]);
    folder.files.clear();
    await folder.open(true);
    expect(await folder.kept()).toEqual([]);
  });
});
