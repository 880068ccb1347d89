import { describe, expect, it } from "vitest";
import { batchDue, nextBatch, type ReadyItem } from "../../src/backup/batch";
import { accountKey, fingerprintFrom, uploadToken } from "../../src/model";

const ready = (parts: Partial<ReadyItem> = {}): ReadyItem => ({
  account: accountKey("c", "1"),
  fingerprint: fingerprintFrom("c".repeat(64)),
  path: "a.png",
  recipe: "o",
  token: uploadToken("t"),
  at: 0,
  hash: "h",
  bytes: 1,
  name: "n",
  pasted: false,
  since: 1000,
  notBefore: 0,
  attempt: 0,
  group: 0,
  ...parts,
});
const many = (count: number, parts: Partial<ReadyItem> = {}): ReadyItem[] =>
  Array.from({ length: count }, () => ready(parts));

describe("a batch is due", () => {
  it("never, where no item waits", () => {
    expect(batchDue([], false)).toBe(Infinity);
    expect(batchDue([], true)).toBe(Infinity);
  });

  it("at once when nothing more is on its way", () => {
    expect(batchDue([ready({ since: 1000 }), ready({ since: 900 })], false)).toBe(900);
  });

  it("a minute after its first image, two seconds after a pasted one", () => {
    expect(batchDue([ready(), ready({ since: 500 })], true)).toBe(60_500);
    expect(batchDue([ready(), ready({ since: 5000, pasted: true })], true)).toBe(7000);
  });

  it("at once when fifty wait, but not counting those that must wait longer", () => {
    expect(batchDue(many(50), true)).toBe(0);
    expect(batchDue(many(49), true)).toBe(61_000);
    expect(batchDue([...many(49), ready({ notBefore: 5000 })], true)).toBe(61_000);
  });

  it("not before its items may be tried again", () => {
    expect(batchDue([ready({ notBefore: 90_000 })], true)).toBe(90_000);
    expect(batchDue([ready({ notBefore: 5000 })], false)).toBe(5000);
  });

  it("at once for items that go alone", () => {
    expect(batchDue([ready({ group: 3 })], true)).toBe(1000);
    expect(batchDue([ready({ group: 3, notBefore: 4000 })], true)).toBe(4000);
  });
});

/** Items lie in folders, and each folder has an album. */
const purposeOf = ({ path }: ReadyItem): string => path.split("/")[0] ?? "";

describe("the next batch", () => {
  it("takes what is ready, oldest first, at most fifty", () => {
    const items = many(60);
    expect(nextBatch(items, 0, purposeOf)).toEqual(items.slice(0, 50));
    expect(nextBatch([ready({ notBefore: 6 })], 5, purposeOf)).toEqual([]);
    expect(nextBatch([ready({ notBefore: 5 })], 5, purposeOf)).toHaveLength(1);
    expect(nextBatch([], 5, purposeOf)).toEqual([]);
  });

  it("is of one album and one group", () => {
    const first = ready({ path: "A/a.png" });
    const items = [
      ready({ notBefore: 9 }),
      first,
      ready({ path: "B/a.png" }),
      ready({ path: "A/a.png", group: 1 }),
    ];
    expect(nextBatch([...items, first], 5, purposeOf)).toEqual([first, first]);
  });
});
