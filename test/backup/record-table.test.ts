import fc from "fast-check";
import { expect, it } from "vitest";
import { writeLine, type JournalLine } from "../../src/backup/journal";
import { LedgerRecord } from "../../src/backup/ledger-record";
import { packJournal } from "../../src/backup/packed-journal";
import { RecordTable } from "../../src/backup/record-table";
import { accountKey, deviceId, fingerprintFrom, mediaItemId, type Fingerprint } from "../../src/model";

/** Every fourth begins with the same digits, by which the table finds its place. */
const FINGERPRINTS = Array.from({ length: 64 }, (_, n) =>
  fingerprintFrom(`${(n % 4).toString(16).repeat(8)}${n.toString(16).padStart(56, "0")}`),
);

function item(fp: Fingerprint, n: number): JournalLine {
  return {
    v: 1,
    device: deviceId("d"),
    n,
    at: 0,
    account: accountKey("client", "1"),
    what: "item",
    fp,
    recipe: "o",
    id: mediaItemId(`id of ${fp}`),
    origin: "created",
  };
}

const chosen = fc.uniqueArray(fc.constantFrom(...FINGERPRINTS), { minLength: 1 });

it("knows of each fingerprint what was told of it first, or the record that was set since", () => {
  fc.assert(
    fc.property(fc.array(chosen, { minLength: 1, maxLength: 4 }), chosen, (journals, recorded) => {
      const table = new RecordTable();
      const told = new Set<Fingerprint>();
      for (const fingerprints of journals) {
        const journal = packJournal(fingerprints.map((fp, at) => writeLine(item(fp, at + 1))).join(""));
        fingerprints.forEach((fp, row) => {
          expect(table.add(journal, row)).toBe(!told.has(fp));
          told.add(fp);
        });
      }
      const records = new Map(recorded.map((fp) => [fp, new LedgerRecord(fp)]));
      for (const record of records.values()) table.set(record);
      for (const fp of FINGERPRINTS) {
        const known = table.get(fp);
        expect(known).toBe(records.get(fp) ?? table.get(fp));
        expect(known?.fingerprint).toBe(records.has(fp) || told.has(fp) ? fp : undefined);
        if (!records.has(fp)) expect(known?.item?.id).toBe(told.has(fp) ? `id of ${fp}` : undefined);
      }
      expect([...table.fingerprints()].sort()).toEqual([...new Set([...told, ...recorded])].sort());
      expect(new Set(table.records())).toEqual(new Set(records.values()));
    }),
  );
});
