import type { AccountKey, DeviceId, Fingerprint, MediaItem, MediaItemId } from "../model";
import {
  fileSize,
  isLater,
  JOURNAL_VERSION,
  readJournal,
  usualUrl,
  type JournalLine,
  type LineOf,
} from "./journal";

/** What was packed in another form, or by a version that knew other lines, is read anew. */
const FORM = `${JOURNAL_VERSION}.4`;

/** Hex digits of a fingerprint. */
const DIGITS = 64;

/** Columns of numbers: counter, time, and sizes of the sent bytes and of the file, which are NaN where not noted. */
const [N, AT, BYTES, SIZE, NUMBERS] = [0, 1, 2, 3, 4];

/** Columns of texts: what else a line says is JSON, and all but the id are empty where nothing is said. */
const [ID, HASH, PATH, MORE, TEXTS] = [0, 1, 2, 3, 4];

type ItemLine = LineOf<"item">;

/** What the lines of many items have in common. */
type Common = Pick<ItemLine, "v" | "device" | "account" | "what" | "recipe" | "origin" | "album">;

/**
 * All that a journal says, in a form that is quick to read and small in memory. An item of which it says only that it
 * was to be made, and was made, is plain: those lie in columns, of which nothing is unpacked until it is looked at. The
 * intent of such an item is left out, since it is settled and can never be open again.
 */
export interface PackedJournal {
  readonly form: string;
  /** Whether a newer version of the plugin wrote any of it. */
  readonly newer: boolean;
  /** The highest counter of each device. */
  readonly highest: Readonly<Record<DeviceId, number>>;
  /** The item that was told of last. */
  readonly last: Pick<ItemLine, "n" | "device" | "account"> | undefined;
  /** Lines that are not about plain items, as they stand in the journal. */
  readonly others: string;
  readonly common: readonly Common[];
  /** Which of `common` each plain item has. */
  readonly commonOf: Uint16Array;
  /** Fingerprints, one after another. */
  readonly fingerprints: string;
  /** `NUMBERS` of each item. */
  readonly numbers: Float64Array;
  /** `TEXTS` of each item, one after another in UTF-8, of which a start shows nothing; and where each ends, as a text. */
  readonly texts: Uint8Array;
  readonly textEnds: Uint32Array;
}

/** Whether a value that comes back from a store is a journal packed in today's form. */
export function isPacked(value: unknown): value is PackedJournal {
  return (value as { readonly form?: unknown } | undefined)?.form === FORM;
}

/** Reads the text of a journal, whoever wrote it, and packs what it says. */
export function packJournal(content: string): PackedJournal {
  const { lines, newer } = readJournal(content);
  const plain = plainItems(lines);
  const highest: Record<DeviceId, number> = {};
  let last: PackedJournal["last"];
  let others = "";
  for (const line of lines) {
    const { device, n, account } = line;
    highest[device] = Math.max(highest[device] ?? 0, n);
    if (line.what === "item" && isLater(line, last)) last = { n, device, account };
    const isPlain = (line.what === "item" || line.what === "intent") && plain.has(keyOf(line));
    if (!isPlain) others += `${JSON.stringify(line)}\n`;
  }
  return { form: FORM, newer, highest, last, others, ...columnsOf([...plain.values()]) };
}

/** Half a character, which UTF-8 cannot hold. */
const HALF = /\p{Cs}/u;

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
    if (line.what === "item" && !items.has(key) && !HALF.test(`${line.id}${line.hash}${line.path}`))
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

type Columns = Omit<PackedJournal, "form" | "newer" | "highest" | "last" | "others">;

function columnsOf(items: readonly ItemLine[]): Columns {
  const common: Common[] = [];
  const places = new Map<string, number>();
  const commonOf = new Uint16Array(items.length);
  const numbers = new Float64Array(NUMBERS * items.length);
  const textEnds = new Uint32Array(TEXTS * items.length);
  let fingerprints = "";
  let texts = "";
  items.forEach((item, row) => {
    const {
      v,
      device,
      account,
      what,
      recipe,
      origin,
      album,
      fp,
      n,
      at,
      bytes,
      size,
      id,
      hash,
      path,
      ...more
    } = item;
    const key = [device, account, recipe, origin, album].join("\n");
    const place = places.get(key) ?? common.length;
    if (place === common.length) {
      common.push({ v, device, account, what, recipe, origin, album });
      places.set(key, place);
    }
    commonOf[row] = place;
    fingerprints += fp;
    numbers.set([n, at, bytes ?? NaN, size ?? NaN], NUMBERS * row);
    const isMore = Object.keys(more).length > 0;
    [id, hash, path, isMore ? JSON.stringify(more) : ""].forEach((text = "", column) => {
      texts += text;
      textEnds[TEXTS * row + column] = texts.length;
    });
  });
  return { common, commonOf, fingerprints, numbers, texts: new TextEncoder().encode(texts), textEnds };
}

/** The texts of the journal that was asked for one last: whoever goes through all of them goes from one to the next. */
let lastRead: { readonly journal: PackedJournal; readonly texts: string } | undefined;

function textOf(journal: PackedJournal, at: number): string {
  if (lastRead?.journal !== journal)
    lastRead = { journal, texts: new TextDecoder("utf-8", { ignoreBOM: true }).decode(journal.texts) };
  return lastRead.texts.slice(journal.textEnds[at - 1] ?? 0, journal.textEnds[at]);
}

/** The lines that are not about plain items. */
export function otherLines({ others }: PackedJournal): readonly JournalLine[] {
  // They were checked before they were packed.
  return others
    .split("\n")
    .slice(0, -1)
    .map((row) => JSON.parse(row) as JournalLine);
}

/** What few lines say. */
type More = Omit<ItemLine, keyof Common | "fp" | "n" | "at" | "bytes" | "size" | "id" | "hash" | "path">;

const NO_MORE: More = {};

/** One plain item of a packed journal; unpacked anew whenever it is looked at, since few ever are. */
export class PackedItem implements MediaItem {
  constructor(
    private readonly journal: PackedJournal,
    private readonly row: number,
    readonly fingerprint = journal.fingerprints.slice(DIGITS * row, DIGITS * (row + 1)) as Fingerprint,
  ) {}

  /** As a record has it: this is the item that counts, and nothing has taken its place. */
  get item(): this {
    return this;
  }

  get isSuperseded(): false {
    return false;
  }

  get gone(): readonly MediaItemId[] {
    return [];
  }

  /** All plain items of a journal. */
  static *of(journal: PackedJournal): Iterable<PackedItem> {
    for (let row = 0; row < journal.commonOf.length; row += 1) yield new PackedItem(journal, row);
  }

  private get common(): Common {
    const common = this.journal.common[this.journal.commonOf[this.row] ?? 0];
    if (common === undefined) throw new RangeError("a packed journal has no such item");
    return common;
  }

  get account(): AccountKey {
    return this.common.account;
  }

  get id(): MediaItemId {
    return this.#text(ID) as MediaItemId;
  }

  get recipe(): MediaItem["recipe"] {
    return this.common.recipe;
  }

  get origin(): MediaItem["origin"] {
    return this.common.origin;
  }

  get album(): MediaItem["album"] {
    return this.common.album;
  }

  get url(): string {
    return this.#more.url ?? usualUrl(this.id);
  }

  get since(): number {
    return this.#number(AT) ?? 0;
  }

  get bytes(): MediaItem["bytes"] {
    return this.#number(BYTES);
  }

  get huge(): MediaItem["huge"] {
    return this.#more.huge;
  }

  get restored(): MediaItem["restored"] {
    return this.#more.restored;
  }

  /** Where the file lay then. */
  get path(): ItemLine["path"] {
    return this.#text(PATH) || undefined;
  }

  /** The size of the file, in bytes, where it was noted. */
  get size(): number | undefined {
    return fileSize(this.line);
  }

  /** The line that tells of it. */
  get line(): ItemLine {
    return {
      ...this.common,
      n: this.#number(N) ?? 0,
      at: this.since,
      fp: this.fingerprint,
      id: this.id,
      bytes: this.bytes,
      hash: this.#text(HASH) || undefined,
      path: this.path,
      size: this.#number(SIZE),
      ...this.#more,
    };
  }

  #number(column: number): number | undefined {
    const value = this.journal.numbers[NUMBERS * this.row + column] ?? NaN;
    return Number.isNaN(value) ? undefined : value;
  }

  #text(column: number): string {
    return textOf(this.journal, TEXTS * this.row + column);
  }

  get #more(): More {
    const text = this.#text(MORE);
    return text === "" ? NO_MORE : (JSON.parse(text) as More);
  }
}
