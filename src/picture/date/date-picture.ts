import type { VaultImage } from "../../model";
import { joined, type Bytes } from "../content/bytes";
import type { FormatName } from "../content/formats";
import { readPicture } from "../content/read-picture";
import { entryOf, TAG } from "../content/tiff";
import { bestDate } from "./best-date";
import { dateEdits } from "./date-edits";
import { RECORD_TAG } from "./date-tables";
import { applied, undone } from "./edits";
import { exifTime, type EmbeddedDates } from "./embedded-dates";
import { isoTime } from "./moment";

/** A copy with a date written in. */
export interface DatedPicture {
  /** The copy's bytes one after another; most of them are the local file's own memory. */
  readonly pieces: readonly Bytes[];
  /** The date as ISO 8601 writes it. */
  readonly captured: string;
}

/**
 * Writes a capture date into the copy of a picture that has none, so that Google Photos files it under its day and not
 * under the day of upload (fact sheet §9.4).
 *
 * @param dates  the times that the local file holds, which may not be the file whose bytes are written into
 * @returns      `undefined` where the picture has a date, none can be known, or the format does not carry one
 */
export function datePicture(
  image: VaultImage,
  format: FormatName,
  bytes: Bytes,
  dates: EmbeddedDates,
): DatedPicture | undefined {
  const best = dates.captured ? undefined : bestDate(image, dates);
  const edits = best && dateEdits(format, bytes, best);
  return (
    edits && {
      pieces: applied(bytes, edits),
      captured: isoTime(best),
    }
  );
}

/**
 * Takes out the date that was written into a sent copy and gives the local file's bytes back, to the last bit. `undefined`
 * where no date of ours is found: in a file whose structure contradicts itself it may not be, though one was written.
 *
 * @param local  the local file, where it is known
 */
export function withoutDate(format: FormatName, sent: Bytes, local?: Bytes): Bytes | undefined {
  const { tiff } = readPicture(format, sent);
  const time = exifTime(tiff, TAG.captured, TAG.capturedOffset);
  const { valueAt = 0, count = 0 } = entryOf(tiff?.main, RECORD_TAG) ?? {};
  const back = tiff && undone(sent, tiff.main.bytes.subarray(valueAt, valueAt + count));
  if (!back || time?.offset === undefined) return undefined;
  const file = local ?? joined(back.pieces);
  // Only what writing the same date makes again was made by us: everything else may be somebody's own.
  const again = dateEdits(format, file, { wall: time.wall, offset: time.offset });
  return JSON.stringify(again) === JSON.stringify(back.edits) ? file : undefined;
}
