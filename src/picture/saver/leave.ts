import { latin1, type Bytes } from "../content/bytes";
import type { FormatName } from "../content/formats";
import { jpegEnd, readJpeg } from "../content/jpeg";
import type { PixelSize } from "../content/picture";
import { readPicture } from "../content/read-picture";

/** At most this many pixels stay: 16 megapixels, as Google Photos means them. */
export const MOST_PIXELS = 16_000_000;

/** Below this many bytes, within 16 megapixels, nothing is worth the loss. */
export const SMALL_BYTES = 1_000_000;

/** A picture of which a Storage saver copy is wanted. */
export interface SaveRequest {
  readonly format: FormatName;
  readonly bytes: Bytes;
  /** Pixels that this device can hold at once. */
  readonly mostDecoded: number;
}

/** The stored size of a picture that is to be made anew, told without decoding it; `undefined` where it goes as it is. */
export function sizeToSave({ format, bytes, mostDecoded }: SaveRequest): PixelSize | undefined {
  const { animated, deep, hidden, size, xmp } = readPicture(format, bytes);
  if (!MADE_ANEW.includes(format) || !size || animated || deep || hidden) return undefined;
  const pixels = size.width * size.height;
  if (pixels > mostDecoded || (bytes.length < SMALL_BYTES && pixels <= MOST_PIXELS)) return undefined;
  const jpeg = format === "jpeg" ? readJpeg(bytes) : undefined;
  // Browsers know baseline, extended and progressive coding, not lossless, arithmetic or hierarchical.
  if (jpeg?.frame && jpeg.frame > "\xc2") return undefined;
  // Nor does a canvas know CMYK.
  if (jpeg && jpeg.components !== 1 && jpeg.components !== 3) return undefined;
  const text = jpeg ? textAround(bytes, jpeg.scanAt) : xmp ? latin1(bytes, xmp.start, xmp.end) : "";
  return WORDS.some((words) => words.test(text)) ? undefined : size;
}

/** The others are GIF, AVIF, HEIC, TIFF, ICO and raw. */
const MADE_ANEW: readonly FormatName[] = ["bmp", "jpeg", "png", "webp"];

/** What stands before a JPEG's picture and behind it: phones hang more there, such as a gain map or a short film. */
function textAround(bytes: Uint8Array, scanAt: number): string {
  return latin1(bytes, 0, scanAt) + latin1(bytes, jpegEnd(bytes, scanAt), bytes.length);
}

/** Words that say what a new coding would break. */
const WORDS: readonly RegExp[] = [
  // A gain map; the last is the mark of the standard for them, ISO 21496-1.
  /hdrgm:|hdr-gain-map|hdrgainmap|GainMap|urn:iso:std:iso:ts:21496:-1/,
  // A film that is part of it. Films begin with a short box that says which kind they are of.
  /MotionPhoto|MicroVideo|\0\0..ftyp[\w ]{4}/s,
  // Pixels with places on a sphere. Depth and a second view live in the packet, too, and belong to these very pixels.
  /GPano:|photos\/1\.0\/panorama|GDepth:|GImage:/,
];
