import { nameOf, type AccountKey, type MissingImage, type VaultPath } from "../model";
import type { Catalogue } from "./catalogue";
import type { Ledger } from "./ledger";
import type { LedgerRecord } from "./ledger-record";

/**
 * Which of the images that notes ask for in vain are backed up: one whose fingerprint lies in a file of the vault all
 * the same was only moved or renamed, and is not missing.
 *
 * @param lost  images as links name them: a whole path, its end, or the name alone
 */
export function findMissing(
  lost: Iterable<VaultPath>,
  account: AccountKey,
  ledger: Ledger,
  catalogue: Catalogue,
): readonly MissingImage[] {
  const names = new Set(lost);
  if (names.size === 0) return [];
  const byName = new Map<string, LedgerRecord[]>();
  for (const record of ledger.records(account)) {
    if (record.path === undefined) continue;
    const name = nameOf(record.path).toLowerCase();
    const records = byName.get(name);
    if (records === undefined) byName.set(name, [record]);
    else records.push(record);
  }
  const missing: MissingImage[] = [];
  for (const path of names) {
    const record = byName.get(nameOf(path).toLowerCase())?.find((one) => isThere(path, one.path ?? ""));
    const item = record?.item;
    if (record === undefined || item === undefined) continue;
    if (catalogue.pathsOf(record.fingerprint).length === 0) missing.push({ path, item });
  }
  return missing;
}

function isThere(link: VaultPath, path: VaultPath): boolean {
  const whole = `/${path.toLowerCase()}`;
  return whole.endsWith(`/${link.replace(/^(\.{0,2}\/)+/, "").toLowerCase()}`);
}
