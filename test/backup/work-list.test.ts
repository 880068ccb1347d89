import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { WorkList } from "../../src/backup/planning/work-list";

/** Takes everything that is ready. */
function taken(list: WorkList): readonly string[] {
  const paths: string[] = [];
  for (let path = list.take(); path !== undefined; path = list.take()) paths.push(path);
  return paths;
}

describe("who goes first", () => {
  it("is what was just pasted, then the note in front, then the rest", () => {
    const list = new WorkList();
    list.fresh.add("pasted");
    for (const path of ["one", "two", "three", "four", "pasted"]) list.add(path);
    list.front = ["three", "not here"];
    expect(["pasted", "three", "one"].map((path) => list.rankOf(path))).toEqual([0, 1, 2]);
    expect(taken(list)).toEqual(["pasted", "three", "one", "two", "four"]);
  });

  it("is the note that was opened last, not the one before it", () => {
    const list = new WorkList();
    for (const path of ["one", "two", "three", "four"]) list.add(path);
    list.front = ["three", "four"];
    list.front = ["two"];
    expect(taken(list)[0]).toBe("two");
  });

  it("is so for images that only become due as well", () => {
    const list = new WorkList();
    list.add("early");
    list.add("late", 1_000);
    list.front = ["late"];
    expect(list.dueOf("late")).toBe(1_000);
    list.ripen(1_000);
    expect(taken(list)).toEqual(["late", "early"]);
  });
});

describe("what is due later", () => {
  const path = fc.constantFrom("a", "b", "c", "d", "e");
  const deed = fc.oneof(
    fc.record({ add: path, at: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }) }),
    fc.record({ remove: path }),
    fc.record({ ripen: fc.integer({ min: 0, max: 20 }) }),
  );

  it("becomes ready when it is due, whatever was moved or taken off before", () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 60 }), (deeds) => {
        const list = new WorkList();
        const later = new Map<string, number>();
        const ready = new Set<string>();
        let asked = list.nextDue;
        for (const one of deeds) {
          if ("ripen" in one) {
            list.ripen(one.ripen);
            for (const [name, at] of later) if (at <= one.ripen && later.delete(name)) ready.add(name);
          } else {
            const name = "add" in one ? one.add : one.remove;
            later.delete(name);
            ready.delete(name);
            if ("add" in one) list.add(name, one.at);
            else list.remove(name);
            if ("add" in one && one.at === undefined) ready.add(name);
            if ("add" in one && one.at !== undefined) later.set(name, one.at);
          }
          // Of what was moved or taken off, the time of before may be asked for once more, and no oftener.
          expect(list.nextDue).toBeLessThanOrEqual(Math.min(...later.values()));
          if ("ripen" in one && one.ripen >= asked) expect(list.nextDue).toBe(Math.min(...later.values()));
          asked = list.nextDue;
          expect([list.ready, list.size]).toEqual([ready.size, ready.size + later.size]);
        }
        expect(new Set(taken(list))).toEqual(ready);
      }),
    );
  });
});
