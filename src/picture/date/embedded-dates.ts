import { latin1, uint16, type Stretch } from "../content/bytes";
import type { FormatName } from "../content/formats";
import { readJpeg } from "../content/jpeg";
import { readPicture } from "../content/read-picture";
import { TAG, textOf, type TiffBlock } from "../content/tiff";
import { readOffset, readTime, wallTime, type WallTime } from "./moment";

/** A time that a file holds; `offset` where it says how far its clock is ahead of UTC, in minutes. */
export interface EmbeddedTime {
  readonly wall: WallTime;
  readonly offset?: number | undefined;
}

/** The times that a file holds, from the surest to the weakest. */
export interface EmbeddedDates {
  /** When the picture was taken, as EXIF says it: the one date that Google Photos surely goes by (fact sheet §9.4). */
  readonly captured?: EmbeddedTime | undefined;
  /** When it was taken or became a file, said where Google Photos is not sure to look: in XMP, as the day of a scan. */
  readonly created?: EmbeddedTime | undefined;
  /** When it was last changed in a program. */
  readonly changed?: EmbeddedTime | undefined;
}

/** Most of a packet that is looked at: the dates stand near its beginning, and some hold whole pictures behind. */
const XMP_BYTES = 65_536;

/** Reads the times that the file holds, in the formats whose metadata is cheaply found; none from the others. */
export function embeddedDates(format: FormatName, bytes: Uint8Array): EmbeddedDates {
  const { tiff, xmp, changed: noted } = readPicture(format, bytes);
  const packet = xmp ? latin1(bytes, xmp.start, Math.min(xmp.end, xmp.start + XMP_BYTES)) : "";
  const captured = exifTime(tiff, TAG.captured, TAG.capturedOffset);
  const created =
    xmpTime(packet, "exif:DateTimeOriginal") ??
    xmpTime(packet, "photoshop:DateCreated") ??
    exifTime(tiff, TAG.digitised, TAG.digitisedOffset) ??
    xmpTime(packet, "xmp:CreateDate") ??
    (format === "jpeg" ? iptcDay(bytes) : undefined);
  const changed = exifTime(tiff, TAG.changed, TAG.offset, tiff?.main) ?? pngChange(bytes, noted);
  return { captured, created, changed };
}

/** A time of the block, and its offset, which always stands in the photo's own table. */
export function exifTime(
  block: TiffBlock | undefined,
  time: number,
  offset: number,
  table = block?.exif,
): EmbeddedTime | undefined {
  return readExifText(textOf(table, time), textOf(block?.exif, offset));
}

function readExifText(time: string | undefined, offset: string | undefined): EmbeddedTime | undefined {
  const wall = readTime(time);
  return wall === undefined ? undefined : { wall, offset: readOffset(offset) };
}

/** A property's value, written as an attribute or as an element. */
function xmpTime(packet: string, property: string): EmbeddedTime | undefined {
  const value = new RegExp(`${property}\\s*(?:=\\s*["']|>\\s*)([-0-9T:.+Z]{10,40})`).exec(packet)?.[1];
  return readExifText(value, value?.slice(10));
}

/** The day that picture agencies write (IPTC IIM, record 2, data set 55), eight digits. */
function iptcDay(bytes: Uint8Array): EmbeddedTime | undefined {
  const header = latin1(bytes, 0, readJpeg(bytes).scanAt);
  const day = header.split("\x1c\x02\x37\x00\x08")[1] ?? "";
  return readExifText(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)} 12:00:00`, undefined);
}

/** PNG's own note of the last change, always in UTC. */
function pngChange(bytes: Uint8Array, changed: Stretch | undefined): EmbeddedTime | undefined {
  if (!changed || changed.end - changed.start !== 7) return undefined;
  const wall = wallTime([uint16(bytes, changed.start), ...bytes.subarray(changed.start + 2, changed.end)]);
  return wall === undefined ? undefined : { wall, offset: 0 };
}
