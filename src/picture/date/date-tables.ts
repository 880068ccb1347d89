import { joined, textBytes, uint16Bytes, uint32Bytes, type ByteOrder, type Bytes } from "../content/bytes";
import { TAG, type TiffBlock, type TiffTable } from "../content/tiff";
import { exifTime, writtenOffset, type Moment } from "./moment";

/** A tag that nobody has registered, of the range anyone may use (TIFF 6.0, section 2): readers pass over it. */
export const RECORD_TAG = 65_001;

/** EXIF 2.32: the version whose tags know the offset from UTC. */
const VERSION = "0232";

const TEXT = 2;
const LONG = 4;
const UNDEFINED = 7;

/** One entry of a table as twelve bytes, and the tag it is sorted by. */
interface RawEntry {
  readonly tag: number;
  readonly bytes: Bytes;
}

/**
 * Makes the tables of an EXIF block anew, with the date in them, to lie at `base` of the block. The values of the old
 * entries stay where they are, so that no offset in them (makers' own notes have hidden ones) goes wrong.
 *
 * @param block   the block that is extended; without it the tables hold nothing but the date
 * @param record  the way back, kept under a tag of our own
 */
export function dateTables(
  base: number,
  order: ByteOrder,
  block: TiffBlock | undefined,
  moment: Moment,
  record: Uint8Array,
): Bytes {
  const main = oldEntries(block, block?.main, [TAG.exif, RECORD_TAG]);
  const exif = oldEntries(block, block?.exif, [TAG.captured, TAG.capturedOffset]);
  const needsVersion = !exif.some((entry) => entry.tag === TAG.version);

  const exifAt = base + tableSize(main.length + 2);
  const timeAt = exifAt + tableSize(exif.length + 2 + (needsVersion ? 1 : 0));
  const offsetAt = timeAt + 20;
  const recordAt = offsetAt + 8;

  main.push(
    entry(order, TAG.exif, LONG, 1, uint32Bytes(exifAt, order)),
    entry(order, RECORD_TAG, UNDEFINED, record.length, uint32Bytes(recordAt, order)),
  );
  if (needsVersion) exif.push(entry(order, TAG.version, UNDEFINED, 4, textBytes(VERSION)));
  exif.push(
    entry(order, TAG.captured, TEXT, 20, uint32Bytes(timeAt, order)),
    entry(order, TAG.capturedOffset, TEXT, 7, uint32Bytes(offsetAt, order)),
  );

  return joined([
    table(order, main, block?.main.next ?? 0),
    table(order, exif, block?.exif?.next ?? 0),
    textBytes(`${exifTime(moment.wall)}\0`),
    textBytes(`${writtenOffset(moment.offset)}\0\0`),
    record,
    // Whatever comes behind, in the block or around it, begins at an even place.
    new Uint8Array(record.length % 2),
  ]);
}

/** A block that holds nothing but the date. */
export function dateBlock(moment: Moment, record: Uint8Array): Bytes {
  return joined([textBytes("MM\0*"), uint32Bytes(8), dateTables(8, "big", undefined, moment, record)]);
}

function oldEntries(
  block: TiffBlock | undefined,
  from: TiffTable | undefined,
  without: readonly number[],
): RawEntry[] {
  if (!block || !from) return [];
  return from.entries
    .filter(({ tag }) => !without.includes(tag))
    .map(({ tag, at }) => ({ tag, bytes: Uint8Array.from(block.bytes.subarray(at, at + 12)) }));
}

function entry(order: ByteOrder, tag: number, type: number, count: number, value: Bytes): RawEntry {
  return {
    tag,
    bytes: joined([uint16Bytes(tag, order), uint16Bytes(type, order), uint32Bytes(count, order), value]),
  };
}

function tableSize(entries: number): number {
  return 2 + 12 * entries + 4;
}

function table(order: ByteOrder, entries: readonly RawEntry[], next: number): Bytes {
  const sorted = [...entries].sort((one, other) => one.tag - other.tag);
  return joined([
    uint16Bytes(sorted.length, order),
    ...sorted.map((one) => one.bytes),
    uint32Bytes(next, order),
  ]);
}

/** Whether a table can take two or three entries more. */
export function hasRoom(block: TiffBlock): boolean {
  const most = Math.max(block.main.entries.length, block.exif?.entries.length ?? 0);
  return most + 3 < 0xffff;
}
