import { hasText, latin1, uint16, uint32, type ByteOrder } from "./bytes";

/**
 * TIFF's tables, which also are EXIF's: read where they lie, without copying, each offset counted from the block's
 * start (TIFF 6.0, section 2; Exif 2.32, section 4.6).
 */
export interface TiffBlock {
  /** The first table. */
  readonly main: TiffTable;
  /** The table of the photo's own data, where there is one and it is whole. */
  readonly exif: TiffTable | undefined;
}

export interface TiffTable {
  /** Of the whole block. */
  readonly bytes: Uint8Array;
  readonly order: ByteOrder;
  /** Where it begins. */
  readonly at: number;
  readonly entries: readonly TiffEntry[];
  /** Where the next table begins; 0 where there is none. */
  readonly next: number;
}

export interface TiffEntry {
  readonly tag: number;
  /** Number of the value's type: 2 is text, 3 is 16 bits, 4 is 32 bits, 7 is bytes. */
  readonly type: number;
  readonly count: number;
  /** Where the entry's twelve bytes begin. */
  readonly at: number;
  /** Where the value begins, in the entry itself or elsewhere; it may lie outside of a damaged block. */
  readonly valueAt: number;
}

export const TAG = {
  width: 0x0100,
  height: 0x0101,
  orientation: 0x0112,
  changed: 0x0132,
  exif: 0x8769,
  version: 0x9000,
  captured: 0x9003,
  digitised: 0x9004,
  offset: 0x9010,
  capturedOffset: 0x9011,
  digitisedOffset: 0x9012,
  pixelWidth: 0xa002,
  pixelHeight: 0xa003,
  dngVersion: 0xc612,
} as const;

const TYPE_SIZES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];

/** Reads a block's header and tables; `undefined` where it has none or they do not lie whole inside of it. */
export function readTiff(bytes: Uint8Array): TiffBlock | undefined {
  const order = hasText(bytes, 0, "II*\0") ? "little" : hasText(bytes, 0, "MM\0*") ? "big" : undefined;
  if (order === undefined) return undefined;
  const main = readTable(bytes, uint32(bytes, 4, order), order);
  if (!main) return undefined;
  const pointer = entryOf(main, TAG.exif);
  return { main, exif: pointer && readTable(bytes, uint32(bytes, pointer.valueAt, order), order) };
}

/** Reads the table that begins at `at`; `undefined` where it does not lie whole inside the bytes. */
export function readTable(bytes: Uint8Array, at: number, order: ByteOrder): TiffTable | undefined {
  if (at < 8 || at + 2 > bytes.length) return undefined;
  const count = uint16(bytes, at, order);
  const end = at + 2 + count * 12;
  if (count === 0 || end > bytes.length) return undefined;
  const entries: TiffEntry[] = [];
  for (let entry = at + 2; entry < end; entry += 12) {
    const type = uint16(bytes, entry + 2, order);
    const values = uint32(bytes, entry + 4, order);
    const size = (TYPE_SIZES[type] ?? 1) * values;
    const valueAt = size <= 4 ? entry + 8 : uint32(bytes, entry + 8, order);
    entries.push({ tag: uint16(bytes, entry, order), type, count: values, at: entry, valueAt });
  }
  // Some writers leave out the last table's link; it counts as none.
  return { bytes, order, at, entries, next: end + 4 <= bytes.length ? uint32(bytes, end, order) : 0 };
}

/** The entry of a table with this tag. */
export function entryOf(table: TiffTable | undefined, tag: number): TiffEntry | undefined {
  return table?.entries.find((entry) => entry.tag === tag);
}

/** The text of an entry without what follows its end mark; `undefined` where there is none. */
export function textOf(table: TiffTable | undefined, tag: number): string | undefined {
  const entry = entryOf(table, tag);
  if (!table || entry?.type !== 2) return undefined;
  return latin1(table.bytes, entry.valueAt, entry.valueAt + Math.min(entry.count, 256)).split("\0")[0];
}

/** Whether an entry is there and holds one number, of 16 or 32 bits. */
export function holdsNumber(entry: TiffEntry | undefined): entry is TiffEntry {
  return entry?.count === 1 && (entry.type === 3 || entry.type === 4);
}

/** The number that an entry holds; `undefined` where it holds none, or more than one. */
export function numberOf(table: TiffTable | undefined, tag: number): number | undefined {
  const entry = entryOf(table, tag);
  if (!table || !holdsNumber(entry)) return undefined;
  return (entry.type === 3 ? uint16 : uint32)(table.bytes, entry.valueAt, table.order);
}
