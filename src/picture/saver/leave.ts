import { latin1, type Bytes } from "../content/bytes";
import type { FormatName } from "../content/formats";
import { jpegEnd, readJpeg } from "../content/jpeg";
import type { PixelSize } from "../content/picture";
import { readPicture } from "../content/read-picture";

/** At most this many pixels stay: 16 megapixels, as Google Photos means them. */
export const MOST_PIXELS = 16_000_000;

/** Below this many bytes, within 16 megapixels, nothing is worth the loss. */
export const SMALL_BYTES = 1_000_000;

/** Why Storage saver leaves a picture as it is. */
export type LeaveReason =
  | "small" // under 1 MB and within 16 megapixels
  | "format" // one that is not made anew: GIF, AVIF, HEIC, TIFF, ICO, raw
  | "animated"
  | "hdr" // carries a gain map, or more than eight bits a colour
  | "motion" // a film is part of it
  | "panorama" // its pixels have places on a sphere
  | "colours" // colours that the canvas does not know: CMYK
  | "coding" // a way of coding that browsers do not know
  | "metadata" // what is told about the picture would not fit
  | "too-many-pixels" // for this device
  | "unknown-size";

/** A picture of which a Storage saver copy is wanted. */
export interface SaveRequest {
  readonly format: FormatName;
  readonly bytes: Bytes;
  /** Pixels that this device can hold at once. */
  readonly mostDecoded: number;
}

/** Why a picture goes as it is, found without decoding it; else its stored size. */
export function leaveOrSize({
  format,
  bytes,
  mostDecoded,
}: SaveRequest): { readonly left: LeaveReason } | { readonly size: PixelSize } {
  const left = reasonByContent(format, bytes);
  if (left !== undefined) return { left };
  const { size } = readPicture(format, bytes);
  if (!size) return { left: "unknown-size" };
  const pixels = size.width * size.height;
  if (bytes.length < SMALL_BYTES && pixels <= MOST_PIXELS) return { left: "small" };
  if (pixels > mostDecoded) return { left: "too-many-pixels" };
  return { size };
}

const MADE_ANEW: readonly FormatName[] = ["bmp", "jpeg", "png", "webp"];

function reasonByContent(format: FormatName, bytes: Uint8Array): LeaveReason | undefined {
  if (!MADE_ANEW.includes(format)) return "format";
  const { animated, deep, hidden, xmp } = readPicture(format, bytes);
  const jpeg = format === "jpeg" ? readJpeg(bytes) : undefined;
  if (animated) return "animated";
  // Baseline, extended and progressive; the rest is lossless, arithmetic or hierarchical.
  if (jpeg?.frame && jpeg.frame > "\xc2") return "coding";
  if (jpeg && jpeg.components !== 1 && jpeg.components !== 3) return "colours";
  if (deep) return "hdr";
  if (hidden) return "metadata";
  const text = jpeg ? textAround(bytes, jpeg.scanAt) : xmp ? latin1(bytes, xmp.start, xmp.end) : "";
  return WORDS.find(([words]) => words.test(text))?.[1];
}

/** What stands before a JPEG's picture and behind it: phones hang more there, such as a gain map or a short film. */
function textAround(bytes: Uint8Array, scanAt: number): string {
  return latin1(bytes, 0, scanAt) + latin1(bytes, jpegEnd(bytes, scanAt), bytes.length);
}

/** Words that say what a new coding would break. */
const WORDS: readonly (readonly [words: RegExp, LeaveReason])[] = [
  // The last is the mark of the standard for gain maps, ISO 21496-1.
  [/hdrgm:|hdr-gain-map|hdrgainmap|GainMap|urn:iso:std:iso:ts:21496:-1/, "hdr"],
  // Films begin with a short box that says which kind they are of.
  [/MotionPhoto|MicroVideo|\0\0..ftyp[\w ]{4}/s, "motion"],
  // Depth and a second view live in the packet, too, and belong to these very pixels.
  [/GPano:|photos\/1\.0\/panorama|GDepth:|GImage:/, "panorama"],
];
