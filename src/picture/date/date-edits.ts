import { joined, textBytes, uint32Bytes, type Bytes } from "../content/bytes";
import type { FormatName } from "../content/formats";
import { readPicture } from "../content/read-picture";
import { entryOf, TAG, type TiffBlock } from "../content/tiff";
import { CARRIERS } from "./carriers";
import { dateTables, NO_TABLES, RECORD_TAG } from "./date-tables";
import { insert, replace, undoRecord, type Edit } from "./edits";
import type { Moment } from "./moment";

/** An EXIF block's first bytes: four that tell the order of bytes in numbers, and the place of its first table. */
const HEADER = 8;

/** What a block that is made here begins as. */
const EMPTY_BLOCK = textBytes("MM\0*\0\0\0\0");

/**
 * The edits that write a capture date into a file that has none. Pixels and everything that is there stay as they are.
 * `undefined` where the format does not carry one, or this file's metadata are full or not understood.
 */
export function dateEdits(format: FormatName, bytes: Bytes, moment: Moment): readonly Edit[] | undefined {
  const carrier = CARRIERS[format];
  const { exif, tiff } = readPicture(format, bytes);
  if (!carrier || (exif && !isUnderstood(tiff))) return undefined;
  const tables = tiff ?? NO_TABLES;
  const old = exif ? bytes.subarray(exif.start, exif.end) : EMPTY_BLOCK;

  const edits = (record: Uint8Array): readonly Edit[] | undefined => {
    const pad = new Uint8Array(old.length % 2);
    const base = old.length + pad.length;
    const block = joined([
      old.subarray(0, HEADER - 4),
      uint32Bytes(base, tables.main.order),
      old.subarray(HEADER),
      pad,
      dateTables(tables, base, moment, record),
    ]);
    const carried = carrier(bytes, block);
    if (!carried) return undefined;
    const { at, part, blockAt, around } = carried;
    // Of a block that is there only what stands before its values is replaced, and what comes behind them is added.
    const inside = exif
      ? [
          replace(exif.at, exif.start + HEADER, part.subarray(0, blockAt + HEADER)),
          replace(exif.end, Math.min(exif.next, bytes.length), part.subarray(blockAt + old.length)),
        ]
      : [insert(at, part)];
    const grown = inside.reduce((sum, { removed, inserted }) => sum + inserted.length - removed, 0);
    return [...(around?.(grown) ?? []), ...inside];
  };

  // The record tells of the edits and is in one of them: its length is known from edits with an empty one.
  const empty = edits(new Uint8Array(0));
  const measured = empty && edits(undoRecord(bytes, empty));
  return measured && edits(undoRecord(bytes, measured));
}

/** A block with a table that cannot be read, or that was dated before, is left as it is. */
function isUnderstood(tiff: TiffBlock | undefined): boolean {
  if (!tiff || entryOf(tiff.main, RECORD_TAG)) return false;
  return tiff.exif !== undefined || !entryOf(tiff.main, TAG.exif);
}
