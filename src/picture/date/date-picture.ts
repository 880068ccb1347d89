import type { VaultImage } from "../../model";
import { joined, uint32, type Bytes } from "../content/bytes";
import type { FormatName } from "../content/formats";
import { findMetadata } from "../content/metadata";
import { recognise } from "../content/recognise";
import { readTiff, TAG, textOf, type TiffBlock } from "../content/tiff";
import { bestDate, type DateSource, type Here } from "./best-date";
import { dateEdits } from "./date-edits";
import { RECORD_TAG } from "./date-tables";
import { applied, isUndoRecord, sameEdits, undone, type Edit } from "./edits";
import { embeddedDates } from "./embedded-dates";
import { isoTime, readOffset, readTime, type Moment } from "./moment";

/** A copy with a date written in. */
export interface DatedPicture {
  /** The copy's bytes one after another; most of them are the local file's own memory. */
  readonly pieces: readonly Bytes[];
  readonly edits: readonly Edit[];
  readonly moment: Moment;
  readonly source: DateSource;
}

/**
 * Writes a capture date into the copy of a picture that has none, so that Google Photos files it under its day and not
 * under the day of upload (fact sheet §9.4).
 *
 * @param dates  the times that the local file holds, where that is not the file whose bytes are written into
 * @returns      `undefined` where the picture has a date, none can be known, or the format does not carry one
 */
export function datePicture(
  image: VaultImage,
  format: FormatName,
  bytes: Bytes,
  here: Here,
  dates = embeddedDates(format, bytes),
): DatedPicture | undefined {
  if (dates.captured !== undefined) return undefined;
  const best = bestDate(image, dates, here);
  if (best === undefined) return undefined;
  const edits = dateEdits(format, bytes, best.moment);
  if (edits === undefined) return undefined;
  return { pieces: applied(bytes, edits), edits, ...best };
}

/**
 * Whether a reader finds the date in the copy, and the way back from it. In a file whose structure contradicts itself
 * it may not; such a one goes as it is.
 *
 * @param copy  the pieces of `dated`, joined
 */
export function provesDate(format: FormatName, copy: Bytes, dated: DatedPicture): boolean {
  const block = blockIn(format, copy);
  const record = block && recordIn(block);
  const moment = block && momentIn(block);
  const back = record && undone(copy, record);
  return (
    back !== undefined &&
    moment !== undefined &&
    isoTime(moment) === isoTime(dated.moment) &&
    sameEdits(back.edits, dated.edits)
  );
}

/**
 * Takes out the date that was written into a sent copy and gives the local file's bytes back, to the last bit. What
 * carries no date of ours comes back as it is, so a picture sent with a date of its own does too.
 */
export function stripDate(sent: Bytes): Bytes {
  const recognised = recognise(sent, "");
  if ("skip" in recognised) return sent;
  const { format } = recognised;
  const block = blockIn(format, sent);
  const record = block && recordIn(block);
  const moment = block && momentIn(block);
  const back = record && undone(sent, record);
  if (back === undefined || moment === undefined) return sent;
  const local = joined(back.pieces);
  const again = dateEdits(format, local, moment);
  // Only what writing the same date makes again was made by us: everything else may be somebody's own.
  return again && sameEdits(back.edits, again) ? local : sent;
}

function blockIn(format: FormatName, bytes: Bytes): TiffBlock | undefined {
  const { exif } = findMetadata(format, bytes);
  return exif && readTiff(bytes.subarray(exif.start, exif.end));
}

function recordIn({ bytes, order, main }: TiffBlock): Uint8Array | undefined {
  const entry = main.entries.find(({ tag }) => tag === RECORD_TAG);
  if (entry === undefined) return undefined;
  const start = uint32(bytes, entry.at + 8, order);
  const record = bytes.subarray(start, start + entry.count);
  return isUndoRecord(record) ? record : undefined;
}

function momentIn(block: TiffBlock): Moment | undefined {
  const wall = readTime(textOf(block, block.exif, TAG.captured));
  const offset = readOffset(textOf(block, block.exif, TAG.capturedOffset));
  return wall && offset !== undefined ? { ...wall, offset } : undefined;
}
