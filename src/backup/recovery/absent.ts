import {
  inSlices,
  markOf,
  nameOf,
  recipeOfMark,
  stemOf,
  type AccountKey,
  type AwayImage,
  type Fingerprint,
  type MediaItemId,
  type VaultPath,
} from "../../model";
import type { Context } from "../context";
import { mediaItem } from "../ledger/journal";
import { isLookedFor } from "../planning/plan";

/** An image that Google Photos has and the vault has not. */
export interface AbsentImage extends AwayImage {
  /** Where it is put back. */
  readonly place: VaultPath;
  /** The first 16 digits of its fingerprint, which its name in Google Photos carries. */
  readonly mark: string;
  /** The whole of it, unless the ledger was lost. */
  readonly fingerprint: Fingerprint | undefined;
}

/** What is looked through for it. */
type Sources = Pick<Context, "catalogue" | "ledger" | "settings"> & {
  readonly ports: Pick<Context["ports"], "clock">;
};

/**
 * Finds what is backed up and in no file of the vault, in slices. An image whose fingerprint lies in a file all the same
 * was only moved or renamed.
 *
 * @param lost  images that notes ask for in vain, as links name them: a whole path, its end, or the name alone
 */
export async function findAbsent(
  lost: () => Iterable<VaultPath>,
  account: AccountKey,
  known: Sources,
): Promise<readonly AbsentImage[]> {
  const { catalogue, ports, settings } = known;
  const away = await awayFrom(account, known);
  if (away.size === 0) return [];
  const { marks, unread } = await whatFilesHold(away, account, known);
  const asked = linksByName(lost());
  const told = new Map<VaultPath, AbsentImage>();
  const taken = new Set<VaultPath>();
  // Of several that lay at one place, a note means the latest.
  await inSlices([...away.values()].reverse(), ports.clock, (one) => {
    const { item, place, mark, fingerprint } = one;
    // A video lies where it lay, though videos are not looked for any more.
    if (marks.has(mark) || !isLookedFor(place, settings())) return;
    const links = (asked.get(keyOf(place)) ?? []).filter(
      (link) => !told.has(link) && (fingerprint === undefined || leadsTo(link, place)),
    );
    for (const path of links) {
      const to = fingerprint === undefined ? withoutDots(path) : place;
      taken.add(path).add(to);
      told.set(path, { ...one, is: "missing", path, place: to });
    }
    // What is not read yet, or is not to be read, may be it, under the same name or of the same size.
    const isUnsure = unread.has(nameOf(place).toLowerCase()) || unread.has(String(item.bytes));
    if (links.length === 0 && isUnsure) return;
    // Where two devices have met, one of their items is enough.
    marks.add(mark);
    if (links.length > 0) return;
    const isTaken = catalogue.get(place) !== undefined || taken.has(place);
    const path = isTaken ? beside(place, mark) : place;
    taken.add(path);
    told.set(path, { ...one, path, place: path });
  });
  return [...told.values()];
}

/** Items that count and whose own bytes lie in no file, each once: first those of which the mark alone is known. */
async function awayFrom(
  account: AccountKey,
  { catalogue, ledger, ports: { clock } }: Sources,
): Promise<Map<MediaItemId, AbsentImage>> {
  const away = new Map<MediaItemId, AbsentImage>();
  await inSlices(ledger.unlinked(account), clock, (one) => {
    const { id, name, album, older, mark } = one;
    // An older version was never meant to be had back; and what lies in no album may be another vault's.
    if (name === undefined || album === undefined || older === true) return;
    const item = mediaItem({ ...one, recipe: recipeOfMark(mark, false), origin: "found" });
    away.set(id, { is: "only", path: name, place: name, item, mark: markOf(mark), fingerprint: undefined });
  });
  await catalogue.mapPaths(clock);
  await inSlices(ledger.all(account), clock, (known) => {
    const { fingerprint } = known;
    if (catalogue.has(fingerprint) || known.isSuperseded) return;
    const { item, path } = known;
    if (item === undefined || path === undefined) return;
    // The original is told of before a copy that stands for the same item.
    if (away.get(item.id)?.fingerprint !== undefined && item.restored === "copy") return;
    away.set(item.id, { is: "only", path, place: path, item, mark: markOf(fingerprint), fingerprint });
  });
  return away;
}

/** The marks of images that lie in files, and names and sizes of files that are not read. What has a file is not away. */
async function whatFilesHold(
  away: Map<MediaItemId, AbsentImage>,
  account: AccountKey,
  { catalogue, ledger, ports: { clock } }: Sources,
): Promise<{ readonly marks: Set<string>; readonly unread: ReadonlySet<string> }> {
  const marks = new Set<string>();
  const unread = new Set<string>();
  await inSlices(catalogue.all(), clock, ({ fingerprint, image }) => {
    if (fingerprint !== undefined) {
      marks.add(markOf(fingerprint));
      // A restored copy may stand for the same item beside the original.
      const id = ledger.known(account, fingerprint)?.item?.id;
      if (id !== undefined) away.delete(id);
    } else if (image.size > 0) unread.add(nameOf(image.path).toLowerCase()).add(String(image.size));
  });
  return { marks, unread };
}

/** Links may name a file with or without its extension, in capitals or not. */
function linksByName(links: Iterable<VaultPath>): ReadonlyMap<string, readonly VaultPath[]> {
  const named = new Map<string, VaultPath[]>();
  for (const link of new Set(links)) {
    const same = named.get(keyOf(link));
    if (same === undefined) named.set(keyOf(link), [link]);
    else same.push(link);
  }
  return named;
}

/** Where something else lies or is asked for by now, an image is told of, and put back, under a name beside that. */
function beside(place: VaultPath, mark: string): VaultPath {
  return place.replace(/(\.[^./]*)?$/, ` ${mark.slice(0, 8)}$1`);
}

function keyOf(path: VaultPath): string {
  return stemOf(path).toLowerCase();
}

function withoutDots(link: VaultPath): VaultPath {
  return link.replace(/^(\.{0,2}\/)+/, "");
}

function leadsTo(link: VaultPath, path: VaultPath): boolean {
  return `/${path.toLowerCase()}`.endsWith(`/${withoutDots(link).toLowerCase()}`);
}
