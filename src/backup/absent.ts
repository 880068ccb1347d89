import {
  mediaItemId,
  nameOf,
  stemOf,
  type AccountKey,
  type MediaItem,
  type MissingImage,
  type VaultPath,
} from "../model";
import type { Catalogue } from "./catalogue";
import { usualUrl } from "./journal";
import type { Ledger, SeenItem } from "./ledger";
import type { LedgerRecord } from "./ledger-record";

/** An image that Google Photos has and the vault has not. */
export interface AbsentImage extends MissingImage {
  /** Where it is put back. */
  readonly place: VaultPath;
  /** What is known of it: all, or the mark of its name alone where the ledger was lost. */
  readonly by: LedgerRecord | SeenItem;
}

/** What is backed up and in no file of the vault. */
export interface Absent {
  /** Notes ask for these. */
  readonly missing: readonly AbsentImage[];
  /** And for these no more. */
  readonly only: readonly AbsentImage[];
}

/**
 * Finds what is backed up and in no file of the vault. An image whose fingerprint lies in a file all the same was only
 * moved or renamed.
 *
 * @param lost  images that notes ask for in vain, as links name them: a whole path, its end, or the name alone
 */
export function findAbsent(
  lost: Iterable<VaultPath>,
  account: AccountKey,
  ledger: Ledger,
  catalogue: Catalogue,
): Absent {
  const candidates = absentImages(account, ledger, catalogue);
  const byStem = new Map<string, AbsentImage[]>();
  for (const candidate of candidates) {
    const stem = stemOf(candidate.place).toLowerCase();
    const same = byStem.get(stem);
    if (same === undefined) byStem.set(stem, [candidate]);
    else same.push(candidate);
  }
  const missing = new Map<VaultPath, AbsentImage>();
  const taken = new Set<AbsentImage>();
  for (const path of new Set(lost)) {
    const named = byStem.get(stemOf(path).toLowerCase()) ?? [];
    const found =
      named.find(({ place, by }) => isRecord(by) && leadsTo(path, place)) ??
      named.find(({ by }) => !isRecord(by));
    if (found === undefined) continue;
    taken.add(found);
    missing.set(path, { ...found, path, place: isRecord(found.by) ? found.place : withoutDots(path) });
  }
  const unread = unreadNames(catalogue);
  const only = candidates.filter(
    (one) =>
      !taken.has(one) &&
      !missing.has(one.path) &&
      // What is not read yet may be it, under the same name.
      !unread.has(nameOf(one.place).toLowerCase()) &&
      // Without an album it may be another vault's.
      (isRecord(one.by) || one.by.album !== undefined),
  );
  return { missing: [...missing.values()], only };
}

/** Each item once, though a restored copy may stand for it beside the original. */
function absentImages(account: AccountKey, ledger: Ledger, catalogue: Catalogue): readonly AbsentImage[] {
  const here = new Set<string>();
  const away = new Map<string, AbsentImage>();
  for (const record of ledger.records(account)) {
    const { item, path, fingerprint } = record;
    if (item === undefined) continue;
    const isHere = catalogue.pathsOf(fingerprint).length > 0;
    if (isHere) here.add(item.id);
    if (isHere || path === undefined || record.isSuperseded) continue;
    const known = away.get(item.id);
    if (known === undefined || known.item.restored === "copy")
      away.set(item.id, { path, place: path, item, by: record });
  }
  const found = [...away.values()].filter(({ item }) => !here.has(item.id));
  const prefixes = new Set<string>();
  for (const { fingerprint } of catalogue.all())
    if (fingerprint !== undefined) prefixes.add(fingerprint.slice(0, 16));
  for (const seen of ledger.unlinked(account)) {
    const { name } = seen;
    if (name === undefined || here.has(seen.id) || away.has(seen.id)) continue;
    if (!prefixes.has(seen.mark.slice(0, 16)))
      found.push({ path: name, place: name, item: seenItem(seen), by: seen });
  }
  return found;
}

function seenItem({ id, url, mark, album, at }: SeenItem): MediaItem {
  return {
    id: mediaItemId(id),
    url: url ?? usualUrl(id),
    recipe: mark.endsWith("s") ? "s" : "o",
    origin: "found",
    since: at,
    ...(album === undefined ? {} : { album }),
  };
}

export function isRecord(by: LedgerRecord | SeenItem): by is LedgerRecord {
  return "fingerprint" in by;
}

/** Names of files whose content is not known yet. */
function unreadNames(catalogue: Catalogue): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { fingerprint, image, state } of catalogue.all()) {
    if (fingerprint === undefined && state.is !== "skipped") names.add(nameOf(image.path).toLowerCase());
  }
  return names;
}

function withoutDots(link: VaultPath): VaultPath {
  return link.replace(/^(\.{0,2}\/)+/, "");
}

function leadsTo(link: VaultPath, path: VaultPath): boolean {
  return `/${path.toLowerCase()}`.endsWith(`/${withoutDots(link).toLowerCase()}`);
}
