import { joined, uint32Bytes, type Bytes } from "../content/bytes";
import type { FormatName } from "../content/formats";
import { findMetadata, type Stretch } from "../content/metadata";
import { TAG, type TiffBlock } from "../content/tiff";
import type { Carrier } from "./carrier";
import { dateBlock, dateTables, hasRoom, RECORD_TAG } from "./date-tables";
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
  const { exif, tiff } = findMetadata(format, bytes);
  const plan = exif ? extending(carrier, bytes, exif, tiff, moment) : putting(carrier, bytes, moment);
  if (!plan) return undefined;

  // The record tells of the edits and is in one of them: its length is known from edits with an empty one.
  const empty = plan(new Uint8Array(0));
  const measured = empty && plan(new Uint8Array(undoRecord(bytes, empty).length));
  return measured && plan(undoRecord(bytes, measured));
}

type Plan = (record: Uint8Array) => readonly Edit[] | undefined;

function putting(carrier: Carrier, bytes: Bytes, moment: Moment): Plan {
  return (record) => carrier.put(bytes, dateBlock(moment, record));
}

function extending(
  carrier: Carrier,
  bytes: Bytes,
  exif: Stretch,
  tiff: TiffBlock | undefined,
  moment: Moment,
): Plan | undefined {
  if (!tiff || !isUnderstood(tiff)) return undefined;
  const length = exif.end - exif.start;
  const pad = new Uint8Array(length % 2);
  const base = length + pad.length;
  return (record) => {
    const pointer = overwrite(exif.start + 4, uint32Bytes(base, tiff.order));
    const added = joined([pad, dateTables(base, tiff.order, tiff, moment, record)]);
    return carrier.extend(bytes, exif, added, pointer);
  };
}

/** A block with a table that cannot be read, or that was dated before, is left as it is. */
function isUnderstood(tiff: TiffBlock): boolean {
  const tags = tiff.main.entries.map((entry) => entry.tag);
  if (tags.includes(RECORD_TAG)) return false;
  return hasRoom(tiff) && (tiff.exif !== undefined || !tags.includes(TAG.exif));
}
