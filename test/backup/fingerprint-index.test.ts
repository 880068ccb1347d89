import fc from "fast-check";
import { expect, it } from "vitest";
import { FingerprintIndex } from "../../src/backup/disposable/fingerprint-index";
import type { IndexEntry } from "../../src/backup/disposable/packed-entries";
import { fingerprintFrom, type Clock, type SegmentLog, type VaultPath } from "../../src/model";

/** More than change between two saves: so some of these write what has changed, and some everything anew. */
const PATHS = Array.from("abcdefgh", (letter) => `${letter}.png`);

const path = fc.constantFrom(...PATHS);
const aFingerprint = fc.constantFrom("1", "2", "3").map((digit) => fingerprintFrom(digit.repeat(64)));
const aChange = fc.oneof(
  fc.record({
    do: fc.constant("note" as const),
    path,
    fingerprint: aFingerprint,
    before: fc.option(aFingerprint, { nil: undefined }),
    skip: fc.constantFrom(undefined, "broken" as const),
  }),
  fc.record({ do: fc.constant("move" as const), path, to: path }),
  fc.record({ do: fc.constant("forget" as const), path }),
);
/** Other changes come while a save packs, one with each breath. */
const action = fc.oneof(
  { weight: 3, arbitrary: aChange },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("save" as const),
      meanwhile: fc.array(aChange, { maxLength: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("restart" as const) }) },
);

type Change = typeof aChange extends fc.Arbitrary<infer One> ? One : never;
type Known = Pick<IndexEntry, "fingerprint" | "before" | "skip">;

/** Keeps what a database would, and lets something happen with each breath. */
class Store implements SegmentLog, Clock {
  meanwhile: (() => void)[] = [];
  #segments: unknown[] = [];
  #elapsed = 0;

  async load(): Promise<readonly unknown[]> {
    return structuredClone(this.#segments);
  }

  async write(segment: object, isWhole: boolean): Promise<boolean> {
    this.#segments = [...(isWhole ? [] : this.#segments), structuredClone(segment)];
    return true;
  }

  async breath(): Promise<void> {
    this.meanwhile.shift()?.();
  }

  now(): number {
    return 0;
  }

  /** What saves by itself does so at once. */
  elapsed(): number {
    return (this.#elapsed += 60_000);
  }

  async sleep(): Promise<void> {
    // Never long.
  }
}

/** Changes the index, and what it should know. */
function change(index: FingerprintIndex, expected: Map<VaultPath, Known>, one: Change): void {
  const known = expected.get(one.path);
  switch (one.do) {
    case "note": {
      const { path, fingerprint, before, skip } = one;
      index.note(path, { size: 1, mtime: 1 }, fingerprint, 2, before, skip);
      expected.set(path, { fingerprint, before, skip });
      return;
    }
    case "move":
      index.move(one.path, one.to);
      if (known === undefined) return;
      expected.delete(one.path);
      expected.set(one.to, known);
      return;
    case "forget":
      index.forget(one.path);
      expected.delete(one.path);
  }
}

function plain(known: Known | undefined): Known | undefined {
  return known && { fingerprint: known.fingerprint, before: known.before, skip: known.skip };
}

it("knows after any history what a map would, however and whenever it was written down", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 40, size: "max" }), async (actions) => {
      const expected = new Map<VaultPath, Known>();
      const store = new Store();
      const { signal } = new AbortController();
      let index = await FingerprintIndex.open(store, store, signal);
      for (const one of actions) {
        if (one.do === "save") {
          store.meanwhile = one.meanwhile.map((other) => () => change(index, expected, other));
          await index.save();
        } else if (one.do === "restart") {
          store.meanwhile = [];
          await index.save();
          index = await FingerprintIndex.open(store, store, signal);
        } else change(index, expected, one);
        expect(PATHS.map((path) => plain(index.last(path)))).toEqual(
          PATHS.map((path) => plain(expected.get(path))),
        );
      }
    }),
  );
});
