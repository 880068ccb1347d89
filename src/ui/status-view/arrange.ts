import {
  folderOf,
  nameOf,
  needsAttention,
  type AwayImage,
  type ImageState,
  type NoteImages,
  type ShownState,
  type VaultPath,
} from "../../model";
import { isNote } from "../front-note";

/** Which images are shown. Those that Google Photos alone has stand apart, under their own filter. */
export type Filter = "all" | "attention" | ShownState["is"];

/** How the list is asked for. */
export interface Arrangement {
  readonly filter: Filter;
  /**
   * What is in the search field: names and paths of images and groups are searched, whatever the case. The whole path of
   * a note means that note alone, whoever else has it in theirs.
   */
  readonly query: string;
  readonly groupBy: "note" | "folder";
  /** Paths of groups whose images are folded away. */
  readonly folded: ReadonlySet<string>;
}

/** What the list is made of. */
export interface Shelf {
  readonly images: ReadonlyMap<VaultPath, ImageState>;
  readonly away: readonly AwayImage[];
  readonly noteImages: Pick<NoteImages, "gather" | "notesShowing">;
}

interface AnyRow {
  readonly path: VaultPath;
  /** The group's path: of the note or folder; empty for images in no note, or at the top of the vault. */
  readonly group: VaultPath;
  /** Where the vault has no file of it. */
  readonly away?: AwayImage | undefined;
  /** Why it needs attention, by a name: those of one name have texts of one length. Empty where it needs none. */
  readonly wants: string;
  /** Its place in its group, or among the groups, from 1. */
  readonly at: number;
  readonly of: number;
}

export interface GroupRow extends AnyRow {
  readonly kind: "group";
  readonly by: "note" | "folder";
  readonly images: number;
  readonly folded: boolean;
}

export interface ImageRow extends AnyRow {
  readonly kind: "image";
}

export type Row = GroupRow | ImageRow;

interface Group extends Sorted {
  readonly path: VaultPath;
  readonly images: Entry[];
}

/** A row in the making: one object from first to last, since tens of thousands more would have to be cleared away. */
interface Entry extends ImageRow, Sorted {
  at: number;
  of: number;
}

/** What is sorted by a text. By code unit: a collator would take a quarter of a second for 50,000 names. */
interface Sorted {
  order: string;
}

/** So many images are sorted between two pauses. */
const STRETCH = 1000;

/**
 * Arranges images into rows: groups with images that need attention first, then by name; images in no note last. An
 * image that two notes show stands under both. Pauses all the time (yields), so that a caller can give way.
 */
export function* arrange(
  { images, away, noteImages }: Shelf,
  asked: Arrangement,
): Generator<void, readonly Row[]> {
  const { filter, groupBy } = asked;
  const groups = new Map<VaultPath, Group>();
  const query = asked.query.trim().toLowerCase();
  const mayName = isNote(asked.query);
  /** The note is there that the search names. */
  let isNamed = false;
  const put = (path: VaultPath, state: ShownState, gone?: AwayImage): void => {
    const notes = groupBy === "note" ? noteImages.notesShowing(path) : [folderOf(path)];
    isNamed ||= mayName && notes.includes(asked.query);
    if (!passes(state, filter)) return;
    const places = notes.length > 0 ? notes : [""];
    const wants = wantOf(state);
    const order = inOrder(wants !== "", path);
    for (const place of places) {
      if (!`${path}\n${place}`.toLowerCase().includes(query)) continue;
      let group = groups.get(place);
      if (!group) groups.set(place, (group = { path: place, images: [], order: "" }));
      group.images.push({ kind: "image", path, group: place, away: gone, wants, order, at: 0, of: 0 });
    }
  };
  // By folder too: what is done with a row may ask for its note.
  yield* noteImages.gather();
  for (const [path, state] of images) {
    put(path, state);
    yield;
  }
  for (const one of away) {
    put(one.path, one, one);
    yield;
  }
  const ordered = [...groups.values()].filter(({ path }) => !isNamed || path === asked.query);
  for (const group of ordered) {
    const isWanting = group.images.some(({ wants }) => wants !== "");
    group.order = inOrder(isWanting, group.path || LAST);
  }
  const rows: Row[] = [];
  ordered.sort(byOrder);
  for (const [place, { path, images: grouped }] of ordered.entries()) {
    const folded = asked.folded.has(path);
    const of = grouped.length;
    const group = { path, group: path, wants: "", at: place + 1, of: ordered.length };
    rows.push({ kind: "group", by: groupBy, images: of, folded, ...group });
    if (folded) continue;
    for (const [index, image] of (yield* sortInStretches(grouped)).entries()) {
      image.at = index + 1;
      image.of = of;
      rows.push(image);
      yield;
    }
  }
  return rows;
}

function wantOf(state: ShownState): string {
  if (!needsAttention(state)) return "";
  const because = "because" in state ? state.because : "";
  const more = state.is === "removed" ? state.bin : "retryAt" in state && state.retryAt;
  return `${state.is} ${because} ${Boolean(more)}`;
}

function passes(state: ShownState, filter: Filter): boolean {
  if (filter === "all") return state.is !== "only";
  return filter === "attention" ? needsAttention(state) : state.is === filter;
}

/** Comes behind all names. */
const LAST = "\uffff";

/** What needs attention first, then by name. */
function inOrder(isWanting: boolean, path: VaultPath): string {
  return (isWanting ? "0" : "1") + nameOf(path).toLowerCase();
}

function byOrder(one: Sorted, other: Sorted): number {
  return one.order < other.order ? -1 : one.order > other.order ? 1 : 0;
}

/** Sorts halves, then merges them, since one long sort could not be paused. */
function* sortInStretches(items: Entry[]): Generator<void, Entry[]> {
  if (items.length <= STRETCH) {
    yield;
    return items.sort(byOrder);
  }
  const middle = items.length >>> 1;
  const left = yield* sortInStretches(items.slice(0, middle));
  const right = yield* sortInStretches(items.slice(middle));
  const merged: Entry[] = [];
  let taken = 0;
  for (const [index, other] of right.entries()) {
    if (index % STRETCH === 0) yield;
    for (let one = left[taken]; one && byOrder(one, other) <= 0; one = left[(taken += 1)]) merged.push(one);
    merged.push(other);
  }
  return merged.concat(left.slice(taken));
}
