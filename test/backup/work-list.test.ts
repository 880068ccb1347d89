import { describe, expect, it } from "vitest";
import { WorkList } from "../../src/backup/work-list";

/** Takes everything that is ready. */
function taken(list: WorkList): readonly string[] {
  const paths: string[] = [];
  for (let next = list.take(); next !== undefined; next = list.take()) paths.push(next.path);
  return paths;
}

describe("who goes first", () => {
  it("is what was just pasted, then the note in front, then the rest", () => {
    const list = new WorkList();
    for (const path of ["one", "two", "three", "four"]) list.add(path, 2);
    list.add("pasted", 0);
    list.promote(["three", "not here"]);
    expect(taken(list)).toEqual(["pasted", "three", "one", "two", "four"]);
  });

  it("is the note that was opened last, not the one before it", () => {
    const list = new WorkList();
    for (const path of ["one", "two", "three", "four"]) list.add(path, 2);
    list.promote(["three", "four"]);
    list.promote(["two"]);
    expect(taken(list)[0]).toBe("two");
  });

  it("is so for images that only become due as well", () => {
    const list = new WorkList();
    list.add("early", 2);
    list.add("late", 2, 1_000);
    list.promote(["late"]);
    expect(list.dueOf("late")).toBe(1_000);
    list.ripen(1_000);
    expect(taken(list)).toEqual(["late", "early"]);
  });
});
