import type { VaultImage } from "../../model";
import { joined, type Bytes } from "../content/bytes";
import type { FormatName } from "../content/formats";
import { findMetadata } from "../content/metadata";
import { recognise } from "../content/recognise";
import { entryOf, TAG, type TiffTable } from "../content/tiff";
import { bestDate, type DateSource, type Here } from "./best-date";
import { dateEdits } from "./date-edits";
import { RECORD_TAG } from "./date-tables";
import { applied, isUndoRecord, sameEdits, undone, type Edit, type Undone } from "./edits";
import { embeddedDates, exifTime } from "./embedded-dates";
import { isoTime, type Moment } from "./moment";

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
  if (dates.captured) return undefined;
  const best = bestDate(image, dates, here);
  if (!best) return undefined;
  const edits = dateEdits(format, bytes, best.moment);
  if (!edits) return undefined;
  return { pieces: applied(bytes, edits), edits, ...best };
}

/**
 * Whether a reader finds the date in the copy, and the way back from it. In a file whose structure contradicts itself
 * it may not; such a one goes as it is.
 *
 * @param copy  the pieces of `dated`, joined
 */
export function provesDate(format: FormatName, copy: Bytes, dated: DatedPicture): boolean {
  const found = dateIn(format, copy);
  return (
    found !== undefined &&
    isoTime(found.moment) === isoTime(dated.moment) &&
    sameEdits(found.edits, dated.edits)
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
  const found = dateIn(format, sent);
  if (!found) return sent;
  const local = joined(found.pieces);
  const again = dateEdits(format, local, found.moment);
  // Only what writing the same date makes again was made by us: everything else may be somebody's own.
  return again && sameEdits(found.edits, again) ? local : sent;
}

/** The date that we wrote into a copy, and the way back from it. */
function dateIn(format: FormatName, copy: Bytes): (Undone & { readonly moment: Moment }) | undefined {
  const { tiff } = findMetadata(format, copy);
  const record = tiff && recordIn(tiff.main);
  const back = record && undone(copy, record);
  const time = exifTime(tiff, TAG.captured, TAG.capturedOffset);
  const offset = time?.offset;
  return back && time && offset !== undefined ? { ...back, moment: { wall: time.wall, offset } } : undefined;
}

function recordIn(main: TiffTable): Uint8Array | undefined {
  const { valueAt = 0, count = 0 } = entryOf(main, RECORD_TAG) ?? {};
  const record = main.bytes.subarray(valueAt, valueAt + count);
  return isUndoRecord(record) ? record : undefined;
}
