import { describe, expect, it } from "vitest";
import { batchDue, nextBatch, type ReadyItem } from "../../src/backup/sending/batch";
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
  ...parts,
});
const many = (count: number, parts: Partial<ReadyItem> = {}): ReadyItem[] =>
  Array.from({ length: count }, () => ready(parts));

describe("a batch is due", () => {
  it("never, where no item waits", () => {
    expect(batchDue([], 50, false)).toBe(Infinity);
    expect(batchDue([], 50, true)).toBe(Infinity);
  });

  it("at once when nothing more is on its way", () => {
    expect(batchDue([ready({ since: 1000 }), ready({ since: 900 })], 50, false)).toBe(900);
  });

  it("a minute after its first image, two seconds after a pasted one", () => {
    expect(batchDue([ready(), ready({ since: 500 })], 50, true)).toBe(60_500);
    expect(batchDue([ready(), ready({ since: 5000, pasted: true })], 50, true)).toBe(7000);
  });

  it("at once when as many wait as go together", () => {
    expect(batchDue(many(50), 50, true)).toBe(0);
    expect(batchDue(many(49), 50, true)).toBe(61_000);
    expect(batchDue(many(25), 25, true)).toBe(0);
  });
});

/** Items lie in folders, and each folder has an album. */
const purposeOf = ({ path }: ReadyItem): string => path.split("/")[0] ?? "";

describe("the next batch", () => {
  it("takes the oldest first, and no more than go together", () => {
    const items = many(60);
    expect(nextBatch(items, 50, purposeOf)).toEqual(items.slice(0, 50));
    expect(nextBatch(items, 7, purposeOf)).toEqual(items.slice(0, 7));
    expect(nextBatch([], 50, purposeOf)).toEqual([]);
  });

  it("is of one album", () => {
    const first = ready({ path: "A/a.png" });
    const items = [first, ready({ path: "B/a.png" }), first];
    expect(nextBatch(items, 50, purposeOf)).toEqual([first, first]);
  });
});
