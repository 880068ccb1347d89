import type { AccountKey, DeviceId, Fingerprint, MediaItem, MediaItemId } from "../model";
import { isLater, JOURNAL_VERSION, readJournal, usualUrl, type JournalLine, type LineOf } from "./journal";

/** What was packed in another form, or by a version that knew other lines, is read anew. */
const FORM = `${JOURNAL_VERSION}.2`;

/** Hex digits of a fingerprint. */
const DIGITS = 64;

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
  /** Ids, one after another, and where each ends. */
  readonly ids: string;
  readonly idEnds: Uint32Array;
  /** What else each line says, as JSON, and where each ends. */
  readonly rest: string;
  readonly restEnds: Uint32Array;
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
    if (line.what === "item" && (last === undefined || isLater(line, last))) last = { n, device, account };
    const isPlain = (line.what === "item" || line.what === "intent") && plain.has(keyOf(line));
    if (!isPlain) others += `${JSON.stringify(line)}\n`;
  }
  return { form: FORM, newer, highest, last, others, ...columnsOf([...plain.values()]) };
}

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
    if (line.what === "item" && !items.has(key)) items.set(key, line);
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
  const idEnds = new Uint32Array(items.length);
  const restEnds = new Uint32Array(items.length);
  let fingerprints = "";
  let ids = "";
  let rest = "";
  items.forEach((item, row) => {
    const { v, device, account, what, recipe, origin, album, fp, id, ...own } = item;
    const key = [device, account, recipe, origin, album].join("\n");
    const place = places.get(key) ?? common.length;
    if (place === common.length) {
      common.push({ v, device, account, what, recipe, origin, ...(album === undefined ? {} : { album }) });
      places.set(key, place);
    }
    commonOf[row] = place;
    fingerprints += fp;
    ids += id;
    idEnds[row] = ids.length;
    rest += JSON.stringify(own);
    restEnds[row] = rest.length;
  });
  return { common, commonOf, fingerprints, ids, idEnds, rest, restEnds };
}

/** The lines that are not about plain items. */
export function otherLines({ others }: PackedJournal): readonly JournalLine[] {
  // They were checked before they were packed.
  return others
    .split("\n")
    .slice(0, -1)
    .map((row) => JSON.parse(row) as JournalLine);
}

/** One plain item of a packed journal; unpacked anew whenever it is looked at, since few ever are. */
export class PackedItem implements MediaItem {
  constructor(
    private readonly journal: PackedJournal,
    private readonly row: number,
  ) {}

  /** All plain items of a journal. */
  static *of(journal: PackedJournal): Iterable<PackedItem> {
    for (let row = 0; row < journal.commonOf.length; row += 1) yield new PackedItem(journal, row);
  }

  /** Which of the journal's `common` it has. */
  get kind(): number {
    return this.journal.commonOf[this.row] ?? 0;
  }

  private get common(): Common {
    const common = this.journal.common[this.kind];
    if (common === undefined) throw new RangeError("a packed journal has no such item");
    return common;
  }

  get account(): AccountKey {
    return this.common.account;
  }

  get fingerprint(): Fingerprint {
    return this.journal.fingerprints.slice(DIGITS * this.row, DIGITS * (this.row + 1)) as Fingerprint;
  }

  get id(): MediaItemId {
    const { ids, idEnds } = this.journal;
    return ids.slice(idEnds[this.row - 1] ?? 0, idEnds[this.row]) as MediaItemId;
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
    return this.own.url ?? usualUrl(this.id);
  }

  get since(): number {
    return this.own.at;
  }

  get bytes(): MediaItem["bytes"] {
    return this.own.bytes;
  }

  get huge(): MediaItem["huge"] {
    return this.own.huge;
  }

  get restored(): MediaItem["restored"] {
    return this.own.restored;
  }

  /** The line that tells of it. */
  get line(): ItemLine {
    return { ...this.common, ...this.own, fp: this.fingerprint, id: this.id };
  }

  private get own(): Omit<ItemLine, "fp" | "id" | keyof Common> {
    const { rest, restEnds } = this.journal;
    const text = rest.slice(restEnds[this.row - 1] ?? 0, restEnds[this.row]);
    return JSON.parse(text) as Omit<ItemLine, "fp" | "id" | keyof Common>;
  }
}
