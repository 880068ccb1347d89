import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findAbsent } from "../../src/backup/recovery/absent";
import { Catalogue } from "../../src/backup/planning/catalogue";
import type { JournalEntry } from "../../src/backup/ledger/journal";
import { Ledger } from "../../src/backup/ledger/ledger";
import {
  accountKey,
  albumId,
  defaultSettings,
  fingerprintFrom,
  mediaItemId,
  nameOf,
  type NameMark,
  type VaultPath,
} from "../../src/model";
import { SimulatedTime } from "../simulation/clock";
import { SeededRandom } from "../simulation/random";

const account = accountKey("client", "1");
const settings = defaultSettings;
const FINGERPRINTS = ["a", "b", "c", "d"].map((digit) => fingerprintFrom(digit.repeat(64)));
/** An item has one name, and so one mark. */
const MARKS: Readonly<Record<string, string>> = {
  i: `${"a".repeat(16)}o`,
  j: `${"b".repeat(16)}s`,
  k: `${"b".repeat(16)}o`,
};
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
  fc.record({ id, album }, { requiredKeys: ["id"] }).map((rest) => ({
    mark: MARKS[rest.id] as NameMark,
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

/** Bytes by what is known of them all: the ledger's records, what looks have found, and files. */
type World = Awaited<ReturnType<typeof nothingKnown>>;

/** What is to be found, by its definition: item by item, each question asked of everything there is. */
function expected({ ledger, catalogue }: World) {
  const files = [...catalogue.all()].flatMap(({ fingerprint }) => fingerprint ?? []);
  const itemsOf = (of: Iterable<(typeof FINGERPRINTS)[number]>) =>
    new Set([...of].flatMap((one) => ledger.known(account, one)?.item?.id ?? []));
  const here = itemsOf(files);
  const records = FINGERPRINTS.flatMap((of) => ledger.known(account, of) ?? []).filter(
    ({ fingerprint, item, path, isSuperseded }) =>
      item !== undefined && path !== undefined && !isSuperseded && !files.includes(fingerprint),
  );
  // Without an album it may be another vault's.
  const seen = [...ledger.unlinked(account)].filter(
    ({ mark, album: own }) => own !== undefined && !files.some((of) => of.startsWith(mark.slice(0, 16))),
  );
  const away = new Set([
    ...itemsOf(records.map(({ fingerprint }) => fingerprint)),
    ...seen.map(({ id: of }) => of),
  ]);
  return [...away].filter((of) => !here.has(of)).sort();
}

/** Whether an item may lie in a file. */
function isUnsure({ ledger, catalogue }: World, id: string): boolean {
  const unread = [...catalogue.all()].filter(({ fingerprint }) => fingerprint === undefined);
  const seen = [...ledger.unlinked(account)].find((one) => one.id === id);
  const names = FINGERPRINTS.filter((of) => ledger.known(account, of)?.item?.id === id).map(
    (of) => ledger.known(account, of)?.path,
  );
  return unread.some(({ image }) => [...names, seen?.name].some((name) => name === nameOf(image.path)));
}

async function nothingKnown() {
  const clock = new SimulatedTime().clock(() => 0);
  const ledger = await Ledger.open({
    journals: { list: async () => [], read: async () => "", append: async () => undefined },
    journalCache: { load: async () => [], write: async () => false },
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
  it("is every item that counts and stands for no file, each once and under a path of its own", async () => {
    let absent = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { maxLength: 30 }), async (deeds) => {
        const world = await nothingKnown();
        const { clock, ledger, catalogue } = world;
        // It rests wherever it may, so that what follows happens in the middle of a look.
        const ports = { clock: { ...clock, breath: () => Promise.resolve() } };
        const find = () => findAbsent(() => LOST, account, { ledger, catalogue, settings, ports });
        const check = async (): Promise<void> => {
          const away = await find();
          const only = away.filter(({ is }) => is === "only");
          const ids = away.map(({ item }) => item.id);
          const all = expected(world);
          expect([...new Set(ids)].every((of) => all.includes(of))).toBe(true);
          expect(new Set(only.map(({ item }) => item.id)).size, "each once").toBe(only.length);
          const paths = away.map(({ path }) => path);
          expect(new Set(paths).size, "each under a path of its own").toBe(paths.length);
          expect(
            only.filter(({ path }) => catalogue.get(path)),
            "where no file lies",
          ).toEqual([]);
          // An unread file of its name may be it.
          const left = all.filter((of) => !ids.includes(of) && !isUnsure(world, of));
          // Of items of one image, one is enough.
          const marks = away.map(({ mark }) => mark);
          expect(left.filter((of) => !marks.some((mark) => MARKS[of]?.startsWith(mark)))).toEqual([]);
          absent += ids.length;
        };
        for (const one of deeds) {
          if (one.do === "write") await ledger.append([one.entry]);
          else if (one.do === "remove") catalogue.remove(one.path);
          else if (one.do === "file") {
            const found = catalogue.put({ path: one.path, size: 1, mtime: 1, ctime: 1 });
            catalogue.identify(found, one.fp);
          } else if (one.do === "ask") await check();
          else void find();
        }
        await check();
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
    // And as many that only a look has found.
    await ledger.append(
      fingerprints.map((_, at) => ({
        account,
        what: "seen",
        mark: `${(at + images).toString(16).padStart(16, "0")}o` as NameMark,
        id: mediaItemId(`seen-${String(at)}`),
        album: undefined,
      })),
    );
    for (let at = 0; at < images; at += 1)
      catalogue.put({ path: `${String(at)}.png`, size: 1, mtime: 1, ctime: 1 });
    let breaths = 0;
    const breath = (): undefined => void (breaths += 1);
    const ports = { clock: { ...clock, breath } };
    const found = await findAbsent(() => ["7.png"], account, { ledger, catalogue, settings, ports });
    expect(found.map(({ is }) => is)).toEqual(["missing"]);
    // What looks have found, the files by what lies in them, the ledger, the vault, and what is away.
    expect(breaths).toBeGreaterThanOrEqual(5 * images);
  });
});
