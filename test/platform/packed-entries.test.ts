import fc from "fast-check";
import { expect, it } from "vitest";
import { fingerprintFrom, type IndexEntry } from "../../src/model";
import { packEntries, PackedPart } from "../../src/platform/packed-entries";

const AT_ONCE = { breath: () => undefined };

/** Few letters, so that paths begin alike and come again; half a character among them. */
const path = fc.string({ unit: fc.constantFrom("a", "b", "/", "é", "\ud83d"), maxLength: 5 });

const entry = fc.record<IndexEntry>(
  {
    path,
    size: fc.nat(),
    mtime: fc.double({ noNaN: true }),
    readAt: fc.nat(),
    fingerprint: fc.nat().map((number) => fingerprintFrom(number.toString(16).padStart(64, "0"))),
    before: fc.constant(fingerprintFrom("f".repeat(64))),
    skip: fc.constant("broken" as const),
  },
  { requiredKeys: ["path", "size", "mtime", "readAt", "fingerprint"] },
);

const plain = ({ path, size, mtime, readAt, fingerprint, before, skip }: IndexEntry): object => ({
  path,
  size,
  mtime,
  readAt,
  fingerprint,
  before,
  skip,
});

it("finds each path's last entry in whatever order it is asked, and no other path", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(entry), fc.array(path), async (entries, others) => {
      const latest = new Map(entries.map((one) => [one.path, plain(one)]));
      const part = new PackedPart(structuredClone(await packEntries(entries, AT_ONCE)));

      expect([...part.all()].map(plain)).toEqual([...latest.values()]);
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
  const { table } = await packEntries(
    paths.map((path) => ({
      path,
      size: 1,
      mtime: 1,
      readAt: 2,
      fingerprint: fingerprintFrom("0".repeat(64)),
    })),
    AT_ONCE,
  );
  expect([...table]).toEqual([0, 0, 0, 3, 0, 1, 0, 2]);
});
