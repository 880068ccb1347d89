import { joined, textBytes, uint16, uint16Bytes, type Bytes } from "./bytes";
import { behind, partNamed, readParts, type Part } from "./parts";
import type { Picture } from "./picture";

export interface JpegPicture extends Picture {
  /** The segments before the picture's data, each named by the byte that marks it. */
  readonly segments: readonly Part[];
  /** The mark of the frame header: it tells the way of coding (ITU-T T.81, B.2.2). */
  readonly frame: string | undefined;
  readonly components: number;
  /** Where the first scan's data begins; the file's end where it ends before it. */
  readonly scanAt: number;
}

const APP0 = "\xe0";
export const APP1 = "\xe1";
const APP2 = "\xe2";
export const APP13 = "\xed";
const START_OF_SCAN = "\xda";
const END_OF_IMAGE = "\xd9";

/** All of 0xc0 to 0xcf but for the tables (c4, cc) and the reserved one (c8). */
const FRAME = /[\xc0-\xc3\xc5-\xc7\xc9-\xcb\xcd-\xcf]/;

export const EXIF_NAME = "Exif\0\0";
export const XMP_NAME = "http://ns.adobe.com/xap/1.0/\0";
export const EXTENDED_XMP_NAME = "http://ns.adobe.com/xmp/extension/\0";

/** What a segment can hold besides its length. */
export const LONGEST_PAYLOAD = 0xffff - 2;

/** Reads what stands before the picture's data. Takes what can be had from a damaged file. */
export function readJpeg(bytes: Uint8Array): JpegPicture {
  const parts = readParts(bytes, 2, readSegment, [START_OF_SCAN, END_OF_IMAGE]);
  const segments = parts.whole;
  const last = segments.at(-1);
  const scanAt = last?.name === START_OF_SCAN ? last.end : bytes.length;
  const frame = segments.find(({ name, start, end }) => FRAME.test(name) && end - start >= 6);
  const at = frame?.start ?? bytes.length;
  // The height is 0 where it is told after the first scan only.
  const size = { height: uint16(bytes, at + 1), width: uint16(bytes, at + 3) };
  const xmp = partNamed(bytes, parts, APP1, XMP_NAME);
  return {
    segments,
    frame: frame?.name,
    components: bytes[at + 5] ?? 0,
    scanAt,
    damaged: size.width === 0 || scanAt >= bytes.length,
    size,
    exif: partNamed(bytes, parts, APP1, EXIF_NAME),
    xmp: xmp && behind(xmp, XMP_NAME),
    profile: partNamed(bytes, parts, APP2, "ICC_PROFILE\0"),
    deep: bytes[at] !== 8,
  };
}

/**
 * The first segment from a place on; it may reach past the end. Decoders pass over bytes that belong to no segment, over
 * doubled marks and over those without a length, so this does too.
 */
function readSegment(bytes: Uint8Array, from: number): Part | undefined {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes[at + 1] ?? 0xd9;
    // A 0xff of the picture's data has a zero behind it.
    if (marker <= 1 || (marker >= 0xd0 && marker <= 0xd8) || marker === 0xff) continue;
    const start = at + 4;
    const end = at + 2 + uint16(bytes, at + 2);
    return { name: String.fromCharCode(marker), at, start, end, next: Math.max(start, end) };
  }
  return undefined;
}

/** Where segments may be put in: before all others but the one that JFIF wants first. */
export function behindJfif(bytes: Uint8Array): number {
  let at = 2;
  for (const segment of readJpeg(bytes).segments) {
    if (segment.at !== at || segment.name !== APP0) break;
    at = segment.end;
  }
  return at;
}

/** A segment of one's own, of at most `LONGEST_PAYLOAD` bytes. */
export function jpegSegment(name: string, ...payload: readonly Uint8Array[]): Bytes {
  const whole = joined(payload);
  return joined([textBytes(`\xff${name}`), uint16Bytes(whole.length + 2), whole]);
}

/**
 * Where the picture itself ends, behind its end mark; the file's end where it has none. Phones hang more behind it.
 *
 * @param scanAt  where the first scan's data begins
 */
export function jpegEnd(bytes: Uint8Array, scanAt: number): number {
  let segment = readSegment(bytes, scanAt);
  while (segment && segment.name !== END_OF_IMAGE) segment = readSegment(bytes, segment.next);
  return Math.min(segment ? segment.at + 2 : bytes.length, bytes.length);
}
