import { latin1 } from "../content/bytes";
import type { FormatName } from "../content/formats";
import { readPicture } from "../content/read-picture";
import { TAG, textOf, type TiffBlock } from "../content/tiff";
import { readOffset, readTime, type WallTime } from "./moment";

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
  const { tiff, xmp } = readPicture(format, bytes);
  const packet = xmp ? latin1(bytes, xmp.start, Math.min(xmp.end, xmp.start + XMP_BYTES)) : "";
  const captured = exifTime(tiff, TAG.captured, TAG.capturedOffset);
  const created =
    xmpTime(packet, "exif:DateTimeOriginal") ??
    xmpTime(packet, "photoshop:DateCreated") ??
    exifTime(tiff, TAG.digitised, TAG.digitisedOffset) ??
    xmpTime(packet, "xmp:CreateDate");
  const changed = exifTime(tiff, TAG.changed, TAG.offset, tiff?.main);
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
