import fc from "fast-check";
import { expect, it } from "vitest";
import { ByFingerprint } from "../../src/backup/ledger/by-fingerprint";
import { fingerprintFrom } from "../../src/model";

/** Few, of which many begin alike. */
const fingerprint = fc
  .tuple(fc.constantFrom("0", "a"), fc.constantFrom("0", "9", "f"), fc.constantFrom("0", "1"))
  .map(([first, seventh, last]) => fingerprintFrom(`${first}00000${seventh}${"c".repeat(56)}${last}`));

it("holds what a map holds, also where fingerprints begin alike", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fingerprint, fc.boolean()), { maxLength: 40, size: "max" }), (puts) => {
      const expected = new Map<string, number>();
      const values = new ByFingerprint();
      puts.forEach(([one, isNew], place) => {
        expect(values.get(one)).toEqual(
          expected.has(one) ? { fingerprint: one, place: expected.get(one) } : undefined,
        );
        const value = Object.freeze({ fingerprint: one, place });
        if (isNew) expect(values.add(value)).toBe(!expected.has(one));
        else values.put(value);
        if (!isNew || !expected.has(one)) expected.set(one, place);
      });
      const all = [...expected].map(([one, place]) => ({ fingerprint: one, place }));
      expect(new Set(values)).toEqual(new Set(all));
      expect([...values]).toHaveLength(all.length);
    }),
  );
});
