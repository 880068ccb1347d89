import { joined, uint16, uint16Bytes, type Bytes, type Stretch } from "./bytes";

/** One marker segment of a JPEG file's header: its payload, behind the length. */
export interface JpegSegment extends Stretch {
  readonly marker: number;
  /** Where its marker begins. */
  readonly at: number;
}

/** The frame header: what the picture's samples are (ITU-T T.81, B.2.2). */
export interface JpegFrame {
  readonly marker: number;
  readonly precision: number;
  readonly width: number;
  /** 0 where it is told after the first scan only. */
  readonly height: number;
  readonly components: number;
}

export interface JpegHeader {
  readonly segments: readonly JpegSegment[];
  readonly frame: JpegFrame | undefined;
  /** Where the first scan's data begins; the file's end where it ends before it. */
  readonly scanAt: number;
}

const APP0 = 0xe0;
export const APP1 = 0xe1;
export const APP2 = 0xe2;
export const APP13 = 0xed;
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;

export const EXIF_NAME = "Exif\0\0";
export const XMP_NAME = "http://ns.adobe.com/xap/1.0/\0";
export const EXTENDED_XMP_NAME = "http://ns.adobe.com/xmp/extension/\0";

/** What a segment can hold besides its length. */
export const LONGEST_PAYLOAD = 0xffff - 2;

/** No real header has as many segments; a hostile one shall not fill the memory. */
const MOST_SEGMENTS = 4096;

/** Reads the segments before the picture's data. Takes what can be had from a damaged file. */
export function readJpegHeader(bytes: Uint8Array): JpegHeader {
  const segments: JpegSegment[] = [];
  let frame: JpegFrame | undefined;
  for (const segment of segmentsFrom(bytes, 2)) {
    const { marker, start, end } = segment;
    if (marker === END_OF_IMAGE || end < start || end > bytes.length) break;
    if (marker === START_OF_SCAN) return { segments, frame, scanAt: end };
    segments.push(segment);
    if (isFrame(marker) && end - start >= 6) frame ??= readFrame(bytes, marker, start);
    if (segments.length === MOST_SEGMENTS) break;
  }
  return { segments, frame, scanAt: bytes.length };
}

/**
 * The segments from a place on, as far as their marks lead; the last one may reach past the end. Decoders pass over bytes
 * that belong to no segment, over doubled marks and over those without a length, so this does too.
 */
function* segmentsFrom(bytes: Uint8Array, from: number): Iterable<JpegSegment> {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0) {
    const marker = bytes[at + 1] ?? END_OF_IMAGE;
    let next = marker === 0xff ? at + 1 : at + 2;
    // A 0xff of the picture's data has a zero behind it.
    if (marker !== 0xff && marker > 0x01 && (marker < 0xd0 || marker > 0xd8)) {
      const segment = { marker, at, start: at + 4, end: next + uint16(bytes, next) };
      yield segment;
      next = Math.max(segment.start, segment.end);
    }
    at = bytes.indexOf(0xff, next);
  }
}

/** All of 0xc0 to 0xcf but for the tables (c4, cc) and the reserved one (c8). */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function readFrame(bytes: Uint8Array, marker: number, at: number): JpegFrame {
  return {
    marker,
    precision: bytes[at] ?? 0,
    height: uint16(bytes, at + 1),
    width: uint16(bytes, at + 3),
    components: bytes[at + 5] ?? 0,
  };
}

/** Where segments may be put in: before all others but the one that JFIF wants first. */
export function behindJfif(bytes: Uint8Array): number {
  let at = 2;
  for (const segment of readJpegHeader(bytes).segments) {
    if (segment.at !== at || segment.marker !== APP0) break;
    at = segment.end;
  }
  return at;
}

/** A segment of one's own, of at most `LONGEST_PAYLOAD` bytes. */
export function jpegSegment(marker: number, ...payload: readonly Uint8Array[]): Bytes {
  const whole = joined(payload);
  return joined([Uint8Array.of(0xff, marker), uint16Bytes(whole.length + 2), whole]);
}

/**
 * Where the picture itself ends, behind its end mark; the file's end where it has none. Phones hang more behind it.
 *
 * @param scanAt  where the first scan's data begins
 */
export function jpegEnd(bytes: Uint8Array, scanAt: number): number {
  for (const { marker, at } of segmentsFrom(bytes, scanAt)) {
    if (marker === END_OF_IMAGE) return Math.min(at + 2, bytes.length);
  }
  return bytes.length;
}
