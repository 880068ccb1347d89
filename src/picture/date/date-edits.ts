import { joined, uint32Bytes, type Bytes } from "../content/bytes";
import type { FormatName } from "../content/formats";
import { readPicture } from "../content/read-picture";
import { entryOf, TAG, type TiffBlock } from "../content/tiff";
import type { Carrier } from "./carrier";
import { dateBlock, dateTables, RECORD_TAG } from "./date-tables";
import { overwrite, undoRecord, type Edit } from "./edits";
import { jpegCarrier } from "./jpeg-carrier";
import type { Moment } from "./moment";
import { pngCarrier } from "./png-carrier";
import { webpCarrier } from "./webp-carrier";

const CARRIERS: Partial<Record<FormatName, Carrier>> = {
  jpeg: jpegCarrier,
  png: pngCarrier,
  webp: webpCarrier,
};

/**
 * The edits that write a capture date into a file that has none. Pixels and everything that is there stay as they are.
 * `undefined` where the format does not carry one, or this file's metadata are full or not understood.
 */
export function dateEdits(format: FormatName, bytes: Bytes, moment: Moment): readonly Edit[] | undefined {
  const carrier = CARRIERS[format];
  if (!carrier) return undefined;
  const { exif, tiff } = readPicture(format, bytes);

  const edits = (record: Uint8Array): readonly Edit[] | undefined => {
    if (!exif) return carrier.put(bytes, dateBlock(moment, record));
    if (!tiff || !isUnderstood(tiff)) return undefined;
    const length = exif.end - exif.start;
    const pad = length % 2;
    const base = length + pad;
    const added = joined([new Uint8Array(pad), dateTables(tiff, base, moment, record)]);
    const pointer = overwrite(exif.start + 4, uint32Bytes(base, tiff.main.order));
    return carrier.extend(bytes, added, pointer, exif);
  };

  // The record tells of the edits and is in one of them: its length is known from edits with an empty one.
  const empty = edits(new Uint8Array(0));
  const measured = empty && edits(undoRecord(bytes, empty));
  return measured && edits(undoRecord(bytes, measured));
}

/** A block with a table that cannot be read, or that was dated before, is left as it is. */
function isUnderstood({ main, exif }: TiffBlock): boolean {
  return !entryOf(main, RECORD_TAG) && (exif !== undefined || !entryOf(main, TAG.exif));
}
