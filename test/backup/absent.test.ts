import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AbsentImages, type Absent } from "../../src/backup/absent";
import { Catalogue } from "../../src/backup/catalogue";
import type { JournalEntry } from "../../src/backup/journal";
import { Ledger } from "../../src/backup/ledger";
import {
  accountKey,
  albumId,
  fingerprintFrom,
  mediaItemId,
  type NameMark,
  type VaultPath,
} from "../../src/model";
import { SimulatedTime } from "../simulation/clock";
import { SeededRandom } from "../simulation/random";

const account = accountKey("client", "1");
const FINGERPRINTS = ["a", "b", "c", "d"].map((digit) => fingerprintFrom(digit.repeat(64)));
const LOST = ["a.png", "b.png", "elsewhere/c.png", "seen.png"];

const fp = fc.constantFrom(...FINGERPRINTS);
const id = fc.constantFrom("i", "j", "k").map(mediaItemId);
const album = fc.constant(albumId("one"));

const entry: fc.Arbitrary<JournalEntry> = fc.oneof(
  fc
    .record(
      {
        fp,
        id,
        album,
        restored: fc.constantFrom("same" as const, "copy" as const),
        named: fc.constant(true),
      },
      { requiredKeys: ["fp", "id"] },
    )
    .map(({ named, ...rest }) => ({
      account,
      what: "item" as const,
      recipe: "o" as const,
      origin: "created" as const,
      ...(named ? { path: `${rest.fp.charAt(0)}.png` } : {}),
      ...rest,
    })),
  fc
    .record({
      fp,
      id,
      what: fc.constantFrom("removed" as const, "superseded" as const, "forgotten" as const),
    })
    .map((rest) => ({ account, ...rest })),
  fc
    .record({ id, album, fp, quality: fc.constantFrom("o", "s") }, { requiredKeys: ["id", "fp", "quality"] })
    .map(({ fp: of, quality, ...rest }) => ({
      mark: `${of.slice(0, 16)}${quality}` as NameMark,
      account,
      what: "seen" as const,
      name: "seen.png",
      ...rest,
    })),
  fc.record({ id }).map((rest) => ({ account, what: "unseen" as const, ...rest })),
);

type Deed =
  | { readonly do: "write"; readonly entry: JournalEntry }
  | { readonly do: "file"; readonly path: VaultPath; readonly fp: (typeof FINGERPRINTS)[number] | undefined }
  | { readonly do: "remove"; readonly path: VaultPath }
  | { readonly do: "ask" }
  | { readonly do: "begin-asking" };

const place = fc.constantFrom("x/a.png", "y.png", "z/b.png");
const deed: fc.Arbitrary<Deed> = fc.oneof(
  entry.map((one) => ({ do: "write" as const, entry: one })),
  fc.record({ do: fc.constant("file" as const), path: place, fp: fc.option(fp, { nil: undefined }) }),
  fc.record({ do: fc.constant("remove" as const), path: place }),
  fc.constant({ do: "ask" as const }),
  fc.constant({ do: "begin-asking" as const }),
);

/** What was found, as far as it does not depend on the order in which it was noticed. */
function shown({ missing, only }: Absent): unknown {
  return {
    missing: missing.map(({ path, item }) => `${path} ${item.id}`).sort(),
    only: only.map(({ item }) => item.id).sort(),
  };
}

async function nothingKnown() {
  const clock = new SimulatedTime().clock(() => 0);
  const ledger = await Ledger.open({
    journals: { list: async () => [], read: async () => "", append: async () => undefined },
    journalCache: { load: async () => new Map(), save: async () => undefined },
    memory: { get: () => undefined, set: () => undefined },
    clock,
    random: new SeededRandom(1),
  });
  const catalogue = new Catalogue(
    () => undefined,
    () => undefined,
  );
  return { clock, ledger, catalogue };
}

describe("what is absent", () => {
  it("is the same by what has changed as by looking at everything anew", async () => {
    let absent = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { maxLength: 30 }), async (deeds) => {
        const { clock, ledger, catalogue } = await nothingKnown();
        // It rests wherever it may, so that what follows happens in the middle of a look.
        const breathing = { ...clock, breath: () => Promise.resolve() };
        const followed = new AbsentImages(ledger, catalogue, breathing);
        const check = async (): Promise<void> => {
          const found = await followed.find(() => LOST, account);
          const anew = await new AbsentImages(ledger, catalogue, clock).find(() => LOST, account);
          expect(shown(found)).toEqual(shown(anew));
          absent += found.missing.length + found.only.length;
        };
        let looking: Promise<unknown> = Promise.resolve();
        for (const one of deeds) {
          if (one.do === "write") await ledger.append([one.entry]);
          else if (one.do === "remove") catalogue.remove(one.path);
          else if (one.do === "file") {
            const found = catalogue.put({ path: one.path, size: 1, mtime: 1, ctime: 1 });
            catalogue.identify(found, one.fp);
          } else if (one.do === "ask") await (looking = looking.then(check));
          else looking = looking.then(() => followed.find(() => LOST, account));
        }
        await looking.then(check);
      }),
      { numRuns: 1000 },
    );
    expect(absent).toBeGreaterThan(200);
  });

  it("is found in slices on a device that has the journals but has read no image yet", async () => {
    const { clock, ledger, catalogue } = await nothingKnown();
    const images = 300;
    const fingerprints = Array.from({ length: images }, (_, at) =>
      fingerprintFrom(at.toString(16).padStart(64, "0")),
    );
    const head = { account, what: "item", recipe: "o", origin: "created" } as const;
    await ledger.append(
      fingerprints.map((of, at) => ({
        ...head,
        fp: of,
        id: mediaItemId(String(at)),
        path: `${String(at)}.png`,
      })),
    );
    for (let at = 0; at < images; at += 1)
      catalogue.put({ path: `${String(at)}.png`, size: 1, mtime: 1, ctime: 1 });
    let breaths = 0;
    const breath = (): undefined => void (breaths += 1);
    const found = await new AbsentImages(ledger, catalogue, { ...clock, breath }).find(
      () => ["7.png"],
      account,
    );
    expect([found.missing.length, found.only.length]).toEqual([1, 0]);
    // The ledger is gone through, what is in no file is put together, named and left out.
    expect(breaths).toBeGreaterThanOrEqual(5 * images);
  });
});
