import {
  folderOf,
  nameOf,
  needsAttention,
  type ImageState,
  type MissingImage,
  type StateName,
  type VaultPath,
} from "../../model";

/** Which images are shown. */
export type Filter = "all" | "attention" | StateName | "missing" | "only";

/** How the list is asked for. */
export interface Arrangement {
  readonly filter: Filter;
  /** What is typed into the search field; names and paths are searched, whatever the case. */
  readonly query: string;
  readonly groupBy: "note" | "folder";
  /** Only the images of this note. */
  readonly onlyNote: VaultPath | undefined;
  /** Paths of groups whose images are folded away. */
  readonly folded: ReadonlySet<string>;
}

/** What the list is made of. */
export interface Shelf {
  readonly images: ReadonlyMap<VaultPath, ImageState>;
  readonly missing: readonly MissingImage[];
  /** Images that Google Photos alone has; they stand apart, under their own filter. */
  readonly only: readonly MissingImage[];
  readonly notesShowing: (image: VaultPath) => readonly VaultPath[];
  /** Makes that ready, in small steps. */
  readonly gather: () => Iterable<void>;
  /** Notes that ask for a missing image. */
  readonly notesMissing: (image: VaultPath) => readonly VaultPath[];
}

export interface GroupRow {
  readonly kind: "group";
  /** The note's or folder's path; empty for images in no note, or at the top of the vault. */
  readonly path: VaultPath;
  readonly by: "note" | "folder";
  readonly images: number;
  readonly folded: boolean;
  /** Its place among the groups, from 1. */
  readonly at: number;
  readonly of: number;
}

export interface ImageRow {
  readonly kind: "image";
  readonly path: VaultPath;
  /** The group's path. */
  readonly group: VaultPath;
  /** The vault has no file of it. */
  readonly missing: boolean;
  /** Why it needs attention, by a name: those of one name have texts of one length. Empty where it needs none. */
  readonly wants: string;
  /** Its place in its group, from 1. */
  readonly at: number;
  readonly of: number;
}

export type Row = GroupRow | ImageRow;

/** Whether two rows stand for the same thing, however it is doing. */
export function sameRow(one: Row, other: Row | undefined): boolean {
  if (one.kind === "group") return other?.kind === "group" && one.path === other.path;
  return other?.kind === "image" && one.path === other.path && one.group === other.group;
}

interface Group {
  readonly path: VaultPath;
  readonly images: Entry[];
  wanting: number;
}

/** A row in the making: one object from first to last, since tens of thousands more would have to be cleared away. */
interface Entry extends ImageRow {
  readonly name: string;
  at: number;
  of: number;
}

/** So many images are taken in between two pauses. */
const STRETCH = 1000;

/** So many notes are asked for their images between two pauses. */
const NOTES = 200;

/**
 * Arranges images into rows: groups with images that need attention first, then by name; images in no note last. An
 * image that two notes show stands under both. Pauses now and then (yields), so that a caller can give way.
 */
export function* arrange(shelf: Shelf, asked: Arrangement): Generator<void, readonly Row[]> {
  const { filter, groupBy, onlyNote } = asked;
  const groups = new Map<VaultPath, Group>();
  const query = asked.query.trim().toLowerCase();
  const needsNotes = groupBy === "note" || onlyNote !== undefined;
  const put = (path: VaultPath, wants: string, missing: boolean, notesOf: Shelf["notesShowing"]): void => {
    const notes = needsNotes ? notesOf(path) : [];
    if (onlyNote !== undefined && !notes.includes(onlyNote)) return;
    const shown = onlyNote === undefined ? notes : [onlyNote];
    const places = groupBy === "folder" ? [folderOf(path)] : shown.length > 0 ? shown : [""];
    const found = query === "" || path.toLowerCase().includes(query);
    for (const place of places) {
      if (!found && !(groupBy === "note" && place.toLowerCase().includes(query))) continue;
      let group = groups.get(place);
      if (!group) groups.set(place, (group = { path: place, images: [], wanting: 0 }));
      const name = nameOf(path).toLowerCase();
      group.images.push({ kind: "image", path, group: place, missing, wants, name, at: 0, of: 0 });
      if (wants !== "") group.wanting += 1;
    }
  };
  let taken = 0;
  if (needsNotes) {
    const notes = shelf.gather()[Symbol.iterator]();
    while (notes.next().done !== true) if ((taken += 1) % NOTES === 0) yield;
  }
  for (const [path, state] of shelf.images) {
    taken += 1;
    if (taken % STRETCH === 0) yield;
    if (passes(state, filter)) put(path, wantOf(state), false, shelf.notesShowing);
  }
  if (filter === "only") for (const { path } of shelf.only) put(path, "", true, () => []);
  if (filter === "all" || filter === "attention" || filter === "missing") {
    for (const { path } of shelf.missing) put(path, "missing", true, shelf.notesMissing);
  }
  const rows: Row[] = [];
  const ordered = [...groups.values()].sort(byNeedThenName);
  for (const [place, { path, images }] of ordered.entries()) {
    const folded = asked.folded.has(path);
    const of = images.length;
    rows.push({ kind: "group", by: groupBy, path, images: of, folded, at: place + 1, of: ordered.length });
    if (folded) continue;
    const sorted = yield* sortInStretches(images, byNeedThenNameOfImage);
    for (const [index, image] of sorted.entries()) {
      image.at = index + 1;
      image.of = of;
      rows.push(image);
      taken += 1;
      if (taken % STRETCH === 0) yield;
    }
  }
  return rows;
}

function wantOf(state: ImageState): string {
  if (!needsAttention(state)) return "";
  const because = "because" in state ? state.because : "";
  return `${state.is} ${because} ${String("retryAt" in state || "bin" in state)}`;
}

function passes(state: ImageState, filter: Filter): boolean {
  if (filter === "all") return true;
  return filter === "attention" ? needsAttention(state) : state.is === filter;
}

/** Sorts stretches, then merges them, since one long sort could not be paused. */
function* sortInStretches<Item>(
  items: readonly Item[],
  compareItems: (one: Item, other: Item) => number,
): Generator<void, readonly Item[]> {
  let runs: Item[][] = [];
  for (let at = 0; at < items.length; at += STRETCH) {
    runs.push(items.slice(at, at + STRETCH).sort(compareItems));
    yield;
  }
  while (runs.length > 1) {
    const merged: Item[][] = [];
    for (let at = 0; at < runs.length; at += 2) {
      merged.push(yield* merge(runs[at] ?? [], runs[at + 1] ?? [], compareItems));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

function* merge<Item>(
  left: readonly Item[],
  right: readonly Item[],
  compareItems: (one: Item, other: Item) => number,
): Generator<void, Item[]> {
  const merged: Item[] = [];
  let l = 0;
  let r = 0;
  for (;;) {
    const one = left[l];
    const other = right[r];
    if (one === undefined || other === undefined) break;
    if (compareItems(one, other) <= 0) {
      merged.push(one);
      l += 1;
    } else {
      merged.push(other);
      r += 1;
    }
    if (merged.length % STRETCH === 0) yield;
  }
  return merged.concat(left.slice(l), right.slice(r));
}

function byNeedThenNameOfImage(one: Entry, other: Entry): number {
  return Number(other.wants !== "") - Number(one.wants !== "") || compare(one.name, other.name);
}

function byNeedThenName(one: Group, other: Group): number {
  const need = Number(other.wanting > 0) - Number(one.wanting > 0);
  if (need !== 0) return need;
  if ((one.path === "") !== (other.path === "")) return one.path === "" ? 1 : -1;
  return compare(nameOf(one.path).toLowerCase(), nameOf(other.path).toLowerCase());
}

/** By code unit: a collator would take a quarter of a second for 50,000 names. */
function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
