import { latin1 } from "../content/bytes";
import type { FormatName } from "../content/formats";
import { jpegEnd, readJpegHeader } from "../content/jpeg";
import { findMetadata } from "../content/metadata";
import { readPng } from "../content/png";
import { pixelSize, type PixelSize } from "../content/size";
import { readWebp } from "../content/webp";

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

/** Why a picture goes as it is, found without decoding it; else its stored size. */
export function leaveOrSize(
  format: FormatName,
  bytes: Uint8Array,
  mostDecoded: number,
): { readonly left: LeaveReason } | { readonly size: PixelSize } {
  const left = reasonByContent(format, bytes);
  if (left !== undefined) return { left };
  const size = pixelSize(format, bytes);
  if (!size) return { left: "unknown-size" };
  const pixels = size.width * size.height;
  if (bytes.length < SMALL_BYTES && pixels <= MOST_PIXELS) return { left: "small" };
  if (pixels > mostDecoded) return { left: "too-many-pixels" };
  return { size };
}

function reasonByContent(format: FormatName, bytes: Uint8Array): LeaveReason | undefined {
  switch (format) {
    case "jpeg":
      return reasonInJpeg(bytes);
    case "png": {
      const { animated, coded, header, hidden } = readPng(bytes);
      if (animated) return "animated";
      if (coded || (header && bytes[header.start + 8] === 16)) return "hdr";
      return hidden ? "metadata" : reasonInPacket(format, bytes);
    }
    case "webp":
      return readWebp(bytes).animated ? "animated" : reasonInPacket(format, bytes);
    case "bmp":
      return undefined;
    default:
      return "format";
  }
}

function reasonInJpeg(bytes: Uint8Array): LeaveReason | undefined {
  const { frame, scanAt } = readJpegHeader(bytes);
  if (!frame) return "unknown-size";
  // Baseline, extended and progressive; the rest is lossless, arithmetic or hierarchical.
  if (frame.marker > 0xc2) return "coding";
  if (frame.components !== 1 && frame.components !== 3) return "colours";
  if (frame.precision !== 8) return "hdr";
  // Phones hang more behind the picture, such as a gain map as a second one, or a short film.
  return reasonInText(latin1(bytes, 0, scanAt) + latin1(bytes, jpegEnd(bytes, scanAt), bytes.length));
}

function reasonInPacket(format: FormatName, bytes: Uint8Array): LeaveReason | undefined {
  const { xmp } = findMetadata(format, bytes);
  return xmp && reasonInText(latin1(bytes, xmp.start, xmp.end));
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

function reasonInText(text: string): LeaveReason | undefined {
  return WORDS.find(([words]) => words.test(text))?.[1];
}
