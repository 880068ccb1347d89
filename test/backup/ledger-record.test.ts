import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { isLater } from "../../src/backup/ledger/journal";
import { LedgerRecord } from "../../src/backup/ledger/ledger-record";
import type { LineOf, RecordLine } from "../../src/backup/ledger/journal";
import { accountKey, albumId, deviceId, fingerprintFrom, mediaItemId, type RecipeKey } from "../../src/model";

const fp = fingerprintFrom("b".repeat(64));
const head = (n: number, device = "d") =>
  ({ v: 1, device: deviceId(device), n, at: n * 100, account: accountKey("c", "1"), fp }) as const;

const intent = (n: number, device = "d", recipe: RecipeKey = "o"): LineOf<"intent"> => ({
  ...head(n, device),
  what: "intent",
  recipe,
  hash: "h",
  name: "n",
});
const item = (n: number, id: string, more: Partial<LineOf<"item">> = {}): LineOf<"item"> => ({
  ...head(n),
  what: "item",
  recipe: "o",
  id: mediaItemId(id),
  origin: "created",
  ...more,
});
const settled = (
  what: "dropped" | "refused",
  n: number,
  device = "d",
  recipe: RecipeKey = "o",
): RecordLine => ({
  ...head(n, device),
  what,
  recipe,
});
const ended = (
  what: "removed" | "forgotten" | "superseded",
  n: number,
  id: string,
  device = "d",
): LineOf<"removed" | "forgotten" | "superseded"> => ({
  ...head(n, device),
  what,
  id: mediaItemId(id),
});

function record(...lines: readonly RecordLine[]): LedgerRecord {
  const about = new LedgerRecord(fp);
  for (const line of lines) about.take(line);
  return about;
}

/** All that a record answers. */
const told = (about: LedgerRecord): unknown => ({
  item: about.item,
  superseded: about.isSuperseded,
  removed: about.removed,
  path: about.path,
  present: [...about.present].sort(),
  gone: [...about.gone].sort(),
  forgotten: about.isForgotten,
  wanted: about.isWanted,
  refused: about.isRefused(),
  guess: about.guess,
  open: about.openIntents.map(({ device, n }) => [device, n]).sort(),
});

describe("of two lines", () => {
  it("the higher counter is later, and of equal ones the higher device", () => {
    expect(isLater(intent(2), intent(1))).toBe(true);
    expect(isLater(intent(1), intent(2))).toBe(false);
    expect(isLater(intent(1, "e"), intent(1, "d"))).toBe(true);
    expect(isLater(intent(1, "d"), intent(1, "e"))).toBe(false);
    expect(isLater(intent(1), intent(1))).toBe(false);
    expect(isLater(intent(1, "e"), intent(2, "d"))).toBe(false);
  });
});

describe("an item", () => {
  it("is told with all that its line says", () => {
    const line = item(3, "i", { recipe: "sd", origin: "found", album: albumId("a"), bytes: 7, url: "u" });
    expect(record(line).item).toEqual({
      id: "i",
      url: "u",
      recipe: "sd",
      origin: "found",
      since: 300,
      album: "a",
      bytes: 7,
    });
    expect(record(item(1, "i")).item).toEqual({
      id: "i",
      url: "https://photos.google.com/lr/photo/i",
      recipe: "o",
      origin: "created",
      since: 100,
    });
  });

  it("counts as it was told of last", () => {
    expect(record(item(1, "i", { bytes: 1 }), item(2, "i", { bytes: 2 })).item?.bytes).toBe(2);
    expect(record(item(1, "i"), item(2, "j")).item?.id).toBe("j");
    expect(record(item(1, "i"), item(2, "j")).present).toEqual(["i", "j"]);
    expect(record(item(1, "i")).present).toEqual(["i"]);
    expect(record().present).toEqual([]);
    expect(record().item).toBeUndefined();
  });

  it.each(["removed", "forgotten"] as const)(
    "that was %s does not count until it is told of anew",
    (what) => {
      const gone = record(item(1, "i"), ended(what, 2, "i"));
      expect(gone.item).toBeUndefined();
      expect(gone.removed?.item.id).toBe(what === "removed" ? "i" : undefined);
      expect([gone.isSuperseded, gone.isForgotten]).toEqual([false, what === "forgotten"]);
      const back = record(item(1, "i"), ended(what, 2, "i"), item(3, "i"));
      expect([back.item?.id, back.removed]).toEqual(["i", undefined]);
    },
  );

  it("that was removed is not told where another one counts", () => {
    const both = record(item(1, "i"), item(2, "j"), ended("removed", 3, "j"));
    expect([both.item?.id, both.removed, both.present, both.gone]).toEqual(["i", undefined, ["i"], ["j"]]);
  });

  it("that gave way to a newer version still counts, after all that did not", () => {
    const old = record(item(1, "i"), ended("superseded", 2, "i"));
    expect([old.item?.id, old.isSuperseded, old.present]).toEqual(["i", true, ["i"]]);
    const other = record(item(1, "i"), item(2, "j"), ended("superseded", 3, "j"));
    expect([other.item?.id, other.isSuperseded]).toEqual(["i", false]);
    expect(record().isSuperseded).toBe(false);
  });

  it("went as the higher device says, where two have counted alike and whichever is read first", () => {
    const ends = [ended("removed", 2, "i", "e"), ended("forgotten", 2, "i", "d")];
    for (const both of [ends, [...ends].reverse()])
      expect(record(item(1, "i"), ...both).removed?.item.id).toBe("i");
  });

  it("of which several went is told of as the one that was told of last, and as it went", () => {
    const went = record(
      item(3, "last"),
      item(1, "first"),
      { ...ended("removed", 4, "first"), left: true },
      { ...ended("removed", 5, "last"), bin: true },
    );
    expect(went.removed).toMatchObject({ item: { id: "last" }, bin: true });
    expect(went.removed?.left).toBeUndefined();
  });

  it("is told of beside all others, whether or not it counts", () => {
    const about = record(item(1, "i", { hash: "h", bytes: 1 }), item(2, "j"), ended("removed", 3, "j"));
    expect(about.items.map(({ id, hash, bytes }) => [id, hash, bytes])).toEqual([
      ["i", "h", 1],
      ["j", undefined, undefined],
    ]);
  });

  it("stands beside others that Google Photos has", () => {
    expect(record(item(1, "i"), item(2, "j"), item(3, "k"), ended("removed", 4, "k")).others).toEqual(["i"]);
    expect(record(item(1, "i"), item(2, "j"), ended("superseded", 3, "j")).others).toEqual(["j"]);
    expect(record(item(1, "i")).others).toEqual([]);
  });

  it("lay where the last line with a path says", () => {
    expect(record(item(1, "i", { path: "old" }), item(3, "j"), item(2, "k", { path: "new" })).path).toBe(
      "new",
    );
    expect(record(item(2, "i", { path: "new" }), item(1, "j", { path: "old" })).path).toBe("new");
    expect(record(item(1, "i")).path).toBeUndefined();
  });
});

describe("an intent", () => {
  it("is open until its own device says what came of it", () => {
    const open = (...lines: readonly RecordLine[]) => record(...lines).openIntents.map(({ n }) => n);
    expect(open(intent(1))).toEqual([1]);
    expect(open(intent(1), item(2, "i"))).toEqual([]);
    expect(open(intent(1), settled("dropped", 2))).toEqual([]);
    expect(open(intent(1), settled("refused", 2))).toEqual([]);
    expect(open(intent(1), settled("dropped", 2, "other"))).toEqual([1]);
    expect(open(intent(1), settled("dropped", 2, "d", "s"))).toEqual([1]);
    expect(open(intent(1), settled("dropped", 2), intent(3))).toEqual([3]);
    expect(open(intent(3), intent(1))).toEqual([3]);
    expect(open(intent(1), settled("dropped", 4), settled("dropped", 2), intent(3))).toEqual([]);
  });
});

describe("a refusal", () => {
  it("holds unless an item says otherwise", () => {
    expect(record(settled("refused", 1)).isRefused()).toBe(true);
    expect(record(settled("refused", 1), item(2, "i")).isRefused()).toBe(false);
    expect(record(settled("dropped", 1)).isRefused()).toBe(false);
  });
});

describe("a guess", () => {
  const guess = (n: number, id: string): RecordLine => ({ ...head(n), what: "guess", id: mediaItemId(id) });
  const again = (n: number): RecordLine => ({ ...head(n), what: "again" });

  it("is the last one, until the person has answered", () => {
    expect(record(guess(1, "i"), guess(2, "j")).guess?.id).toBe("j");
    expect(record(guess(2, "j"), guess(1, "i")).guess?.id).toBe("j");
    expect(record(guess(1, "i"), again(2)).guess).toBeUndefined();
    expect(record(guess(1, "i"), item(2, "i")).guess).toBeUndefined();
    expect(record(guess(1, "i"), again(2), guess(3, "j")).guess?.id).toBe("j");
  });
});

describe("the lines of a ledger", () => {
  type Make = (n: number, device: string) => RecordLine;
  const ids = fc.constantFrom("i", "j");
  const recipes = fc.constantFrom<RecipeKey>("o", "s");
  const making: fc.Arbitrary<Make> = fc.oneof(
    recipes.map(
      (recipe): Make =>
        (n, device) =>
          intent(n, device, recipe),
    ),
    fc.record({ id: ids, path: fc.constantFrom("p", "q") }).map(
      ({ id, path }): Make =>
        (n, device) =>
          item(n, id, { device: deviceId(device), path }),
    ),
    fc.record({ what: fc.constantFrom("dropped" as const, "refused" as const), recipe: recipes }).map(
      ({ what, recipe }): Make =>
        (n, device) =>
          settled(what, n, device, recipe),
    ),
    fc
      .record({
        what: fc.constantFrom("removed" as const, "forgotten" as const, "superseded" as const),
        id: ids,
      })
      .map(
        ({ what, id }): Make =>
          (n, device) =>
            ended(what, n, id, device),
      ),
    ids.map((id): Make => (n, device) => ({ ...head(n, device), what: "guess", id: mediaItemId(id) })),
    fc.constant<Make>((n, device) => ({ ...head(n, device), what: "again" })),
  );
  /** Counters of two devices may be equal, those of one never. */
  const lines = fc
    .uniqueArray(
      fc.record({ n: fc.integer({ min: 1, max: 4 }), device: fc.constantFrom("d", "e"), make: making }),
      { maxLength: 8, selector: ({ n, device }) => `${device} ${String(n)}` },
    )
    .map((made) => made.map(({ n, device, make }) => make(n, device)));

  it("say the same in any order, and read twice", () => {
    const history = lines.chain((some) =>
      fc.tuple(fc.constant(some), fc.shuffledSubarray([...some, ...some], { minLength: some.length * 2 })),
    );
    fc.assert(
      fc.property(history, ([some, shuffled]) => {
        expect(told(record(...shuffled))).toEqual(told(record(...some)));
      }),
      { numRuns: 500 },
    );
  });
});
