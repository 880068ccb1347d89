import fc from "fast-check";
import { expect, it } from "vitest";
import { inColumns, type IndexEntry } from "../../src/backup/disposable/packed-entries";
import { fingerprintFrom } from "../../src/model";

const { pack, unpack } = inColumns({ breath: () => undefined });

/** Few letters, so that paths begin alike and come again; half a character among them. */
const path = fc.string({ unit: fc.constantFrom("a", "b", "/", "é", "\ud83d"), maxLength: 5 });

const entry = fc.record<IndexEntry>(
  {
    size: fc.nat(),
    mtime: fc.double({ noNaN: true }),
    readAt: fc.nat(),
    fingerprint: fc.nat().map((number) => fingerprintFrom(number.toString(16).padStart(64, "0"))),
    before: fc.constant(fingerprintFrom("f".repeat(64))),
    skip: fc.constant("broken" as const),
  },
  { requiredKeys: ["size", "mtime", "readAt", "fingerprint"] },
);

const plain = ({ size, mtime, readAt, fingerprint, before, skip }: IndexEntry): object => ({
  size,
  mtime,
  readAt,
  fingerprint,
  before,
  skip,
});

it("finds each path's last entry in whatever order it is asked, and no other path", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(path, entry)), fc.array(path), async (entries, others) => {
      const latest = new Map(entries.map(([path, one]) => [path, plain(one)]));
      const part = unpack(structuredClone(await pack(entries)) as never);

      expect([...part].map(([path, one]) => [path, plain(one)])).toEqual([...latest]);
      expect(part.size).toBe(latest.size);
      const paths = [...latest.keys()];
      for (const asked of [...paths, ...paths.reverse(), ...others]) {
        const found = part.get(asked);
        expect(found && plain(found)).toEqual(latest.get(asked));
      }
    }),
  );
});

it("puts a path where every version of this form looks for it", async () => {
  const paths = ["a.png", "Bilder/ä.jpg", "attachments/1/Screenshot 2.png"];
  const entry = { size: 1, mtime: 1, readAt: 2, fingerprint: fingerprintFrom("0".repeat(64)) };
  const { table } = (await pack(paths.map((path) => [path, entry]))) as { table: Uint32Array };
  expect([...table]).toEqual([0, 0, 0, 3, 0, 1, 0, 2]);
});
