import type { DeviceId, Fingerprint, MediaItem, MediaItemId } from "../../model";
import {
  fileSize,
  isLater,
  JOURNAL_VERSION,
  mediaItem,
  readJournal,
  type JournalLine,
  type LineOf,
} from "./journal";

/** What was packed in another form, or by a version that knew other lines, is read anew. */
export const PACKED_FORM = `journals ${JOURNAL_VERSION}.5`;

/** Hex digits of a fingerprint. */
const DIGITS = 64;

/**
 * Texts of each plain item: what is asked for of all of them, empty where nothing is said; and as JSON what is asked for
 * of few.
 */
const [ID, PATH, AT, BYTES, MORE, TEXTS] = [0, 1, 2, 3, 4, 5];

type ItemLine = LineOf<"item">;

/** What the lines of many items have in common. */
type Common = Pick<ItemLine, "v" | "device" | "account" | "what" | "recipe" | "origin" | "album">;

/** Plain items that have much in common. */
export interface PlainItems {
  readonly common: Common;
  /** Fingerprints, one after another. */
  readonly fingerprints: string;
  /** `TEXTS` of each item, a line each, in UTF-8: of them a start shows nothing. */
  readonly texts: Uint8Array;
}

/** How far a device had counted when it last wrote, and of which account that was. */
export type Latest = Pick<JournalLine, "n" | "device" | "account">;

/**
 * All that a journal says, in a form that is quick to read and small in memory. An item of which it says only that it
 * was to be made, and was made, is plain: of those nothing is unpacked until it is looked at. The intent of such an item
 * is left out, since it is settled and can never be open again.
 */
export interface PackedJournal {
  /** Whether a newer version of the plugin wrote any of it. */
  readonly newer: boolean;
  /** Of each device. */
  readonly latest: readonly Latest[];
  /** Lines that are not about plain items, as JSON. */
  readonly others: string;
  readonly plain: readonly PlainItems[];
}

/** Reads the text of a journal, whoever wrote it, and packs what it says. */
export function packJournal(content: string): PackedJournal {
  const { lines, newer } = readJournal(content);
  const plain = plainItems(lines);
  const latest = new Map<DeviceId, Latest>();
  const others: JournalLine[] = [];
  for (const line of lines) {
    const { device, n, account } = line;
    if (isLater(line, latest.get(device))) latest.set(device, { n, device, account });
    const isPlain = (line.what === "item" || line.what === "intent") && plain.has(keyOf(line));
    if (!isPlain) others.push(line);
  }
  return {
    newer,
    latest: [...latest.values()],
    others: JSON.stringify(others),
    plain: packItems(plain.values()),
  };
}

/** What the texts cannot hold: the end of one, and half a character, which is none in UTF-8. */
const UNFIT = /[\n\p{Cs}]/u;

function keyOf({ account, fp }: Pick<ItemLine, "account" | "fp">): string {
  return `${fp} ${account}`;
}

/** The plain items by what they are about. */
function plainItems(lines: readonly JournalLine[]): ReadonlyMap<string, ItemLine> {
  const items = new Map<string, ItemLine>();
  const mixed = new Set<string>();
  for (const line of lines) {
    if (!("fp" in line) || line.what === "intent") continue;
    const key = keyOf(line);
    if (line.what === "item" && !items.has(key) && !UNFIT.test(`${line.id}${line.path}`))
      items.set(key, line);
    else mixed.add(key);
  }
  for (const line of lines) {
    if (line.what !== "intent") continue;
    const key = keyOf(line);
    const item = items.get(key);
    const isSettled = item?.device === line.device && item.recipe === line.recipe && item.n > line.n;
    if (!isSettled) mixed.add(key);
  }
  for (const key of mixed) items.delete(key);
  return items;
}

function packItems(items: Iterable<ItemLine>): readonly PlainItems[] {
  const packed = new Map<string, { readonly common: Common; fingerprints: string; texts: string }>();
  for (const {
    v,
    device,
    account,
    what,
    recipe,
    origin,
    album,
    fp,
    id,
    path = "",
    at,
    bytes = "",
    ...more
  } of items) {
    const common = { v, device, account, what, recipe, origin, album };
    const key = JSON.stringify(common);
    const together = packed.get(key) ?? { common, fingerprints: "", texts: "" };
    packed.set(key, together);
    together.fingerprints += fp;
    together.texts += [id, path, at, bytes, JSON.stringify(more), ""].join("\n");
  }
  const encoder = new TextEncoder();
  return [...packed.values()].map((together) => ({ ...together, texts: encoder.encode(together.texts) }));
}

/**
 * Texts that were asked for last: whoever goes through all of them goes from one to the next, in journals of several
 * devices.
 */
const lastRead: { readonly of: PlainItems; readonly texts: readonly string[] }[] = [];
const MOST_READ = 4;

function textOf(of: PlainItems, at: number): string {
  let read = lastRead.find((one) => one.of === of);
  if (!read) {
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    read = { of, texts: decoder.decode(of.texts).split("\n") };
    lastRead.unshift(read);
    lastRead.splice(MOST_READ);
  }
  return read.texts[at] ?? "";
}

/** The lines that are not about plain items. */
export function otherLines({ others }: PackedJournal): readonly JournalLine[] {
  // They were checked before they were packed.
  return JSON.parse(others) as readonly JournalLine[];
}

/** One plain item of a packed journal; unpacked anew whenever it is looked at, since few ever are. */
export class PackedItem implements MediaItem {
  constructor(
    private readonly items: PlainItems,
    private readonly row: number,
    readonly fingerprint = items.fingerprints.slice(DIGITS * row, DIGITS * (row + 1)) as Fingerprint,
  ) {}

  /** All of some plain items. */
  static *of(items: PlainItems): Iterable<PackedItem> {
    const end = items.fingerprints.length / DIGITS;
    for (let row = 0; row < end; row += 1) yield new PackedItem(items, row);
  }

  /** As a record has it: this is the item that counts, beside no other, and nothing has taken its place. */
  get item(): this {
    return this;
  }

  get isSuperseded(): false {
    return false;
  }

  get gone(): readonly MediaItemId[] {
    return [];
  }

  get others(): readonly MediaItemId[] {
    return [];
  }

  told(id: MediaItemId): ItemLine | undefined {
    return id === this.id ? this.line : undefined;
  }

  toTakeOut(): readonly ItemLine[] {
    return [];
  }

  endingOf(): undefined {
    return undefined;
  }

  get id(): MediaItemId {
    return this.#text(ID) as MediaItemId;
  }

  get recipe(): MediaItem["recipe"] {
    return this.items.common.recipe;
  }

  get origin(): MediaItem["origin"] {
    return this.items.common.origin;
  }

  get album(): MediaItem["album"] {
    return this.items.common.album;
  }

  get url(): string {
    return mediaItem(this.line).url;
  }

  get since(): number {
    return Number(this.#text(AT));
  }

  get bytes(): MediaItem["bytes"] {
    const bytes = this.#text(BYTES);
    return bytes === "" ? undefined : Number(bytes);
  }

  get huge(): MediaItem["huge"] {
    return this.line.huge;
  }

  get restored(): MediaItem["restored"] {
    return this.line.restored;
  }

  /** Where the file lay then. */
  get path(): ItemLine["path"] {
    return this.#text(PATH) || undefined;
  }

  /** The size of the file, in bytes, where it was noted. */
  get size(): number | undefined {
    return fileSize(this.line);
  }

  /** The line that tells of it. Whoever keeps it copies it: a part of a text keeps all of that in memory. */
  get line(): ItemLine {
    const more = JSON.parse(this.#text(MORE)) as Pick<ItemLine, "n">;
    const { items, fingerprint: fp, id, path, since: at, bytes } = this;
    return { ...items.common, fp, id, path, at, bytes, ...more };
  }

  #text(column: number): string {
    return textOf(this.items, TEXTS * this.row + column);
  }
}
