import {
  joined,
  textBytes,
  uint16,
  uint16Bytes,
  uint32Bytes,
  type ByteOrder,
  type Bytes,
} from "../content/bytes";
import { entryOf, TAG, type TiffBlock, type TiffTable } from "../content/tiff";
import { exifTime, writtenOffset, type Moment } from "./moment";

/** A tag that nobody has registered, of the range anyone may use (TIFF 6.0, section 2): readers pass over it. */
export const RECORD_TAG = 65_001;

/** EXIF 2.32: the version whose tags know the offset from UTC. */
const VERSION = "0232";

const TEXT = 2;
const LONG = 4;
const UNDEFINED = 7;

/** The tables of a block that holds none. */
export const NO_TABLES: TiffBlock = {
  main: { bytes: new Uint8Array(0), order: "big", at: 8, entries: [], next: 0 },
  exif: undefined,
};

/**
 * Makes the tables of an EXIF block anew, with the date in them, to lie at `base` of the block. The values of the old
 * entries stay where they are, so that no offset in them (makers' own notes have hidden ones) goes wrong.
 *
 * @param record  the way back, kept under a tag of our own
 */
export function dateTables(
  { main, exif }: TiffBlock,
  base: number,
  moment: Moment,
  record: Uint8Array,
): Bytes {
  const { order } = main;
  const entry = (tag: number, type: number, count: number, value: Bytes): Bytes =>
    joined([uint16Bytes(tag, order), uint16Bytes(type, order), uint32Bytes(count, order), value]);

  const mainEntries = entriesBut(main, TAG.exif);
  const exifEntries = entriesBut(exif, TAG.captured, TAG.capturedOffset);
  if (!entryOf(exif, TAG.version)) exifEntries.push(entry(TAG.version, UNDEFINED, 4, textBytes(VERSION)));

  const exifAt = base + tableSize(mainEntries.length + 2);
  const timeAt = exifAt + tableSize(exifEntries.length + 2);
  const offsetAt = timeAt + 20;
  const recordAt = offsetAt + 8;

  mainEntries.push(
    entry(TAG.exif, LONG, 1, uint32Bytes(exifAt, order)),
    entry(RECORD_TAG, UNDEFINED, record.length, uint32Bytes(recordAt, order)),
  );
  exifEntries.push(
    entry(TAG.captured, TEXT, 20, uint32Bytes(timeAt, order)),
    entry(TAG.capturedOffset, TEXT, 7, uint32Bytes(offsetAt, order)),
  );

  return joined([
    table(mainEntries, main.next, order),
    table(exifEntries, exif?.next ?? 0, order),
    textBytes(`${exifTime(moment.wall)}\0`),
    textBytes(`${writtenOffset(moment.offset)}\0\0`),
    record,
    // Whatever comes behind, in the block or around it, begins at an even place.
    new Uint8Array(record.length % 2),
  ]);
}

/** The entries of a table, each as its twelve bytes. */
function entriesBut(old: TiffTable | undefined, ...without: readonly number[]): Uint8Array[] {
  if (!old) return [];
  return old.entries
    .filter(({ tag }) => !without.includes(tag))
    .map(({ at }) => old.bytes.subarray(at, at + 12));
}

function tableSize(entries: number): number {
  return 2 + 12 * entries + 4;
}

function table(entries: Uint8Array[], next: number, order: ByteOrder): Bytes {
  entries.sort((one, other) => uint16(one, 0, order) - uint16(other, 0, order));
  return joined([uint16Bytes(entries.length, order), ...entries, uint32Bytes(next, order)]);
}
