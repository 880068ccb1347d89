import { findText, hasText, latin1, uint32 } from "../content/bytes";
import type { FormatName } from "../content/formats";
import {
  APP1,
  APP2,
  EXTENDED_XMP_NAME,
  jpegEnd,
  readJpegHeader,
  segmentNamed,
  XMP_NAME,
  type JpegHeader,
} from "../content/jpeg";
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
): { readonly leave: LeaveReason } | { readonly size: PixelSize } {
  const leave = reasonByContent(format, bytes);
  if (leave !== undefined) return { leave };
  const size = pixelSize(format, bytes);
  if (!size) return { leave: "unknown-size" };
  const pixels = size.width * size.height;
  if (bytes.length < SMALL_BYTES && pixels <= MOST_PIXELS) return { leave: "small" };
  if (pixels > mostDecoded) return { leave: "too-many-pixels" };
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
      if (hidden) return "metadata";
      return reasonInPacket(packetOf(format, bytes));
    }
    case "webp":
      return readWebp(bytes).animated ? "animated" : reasonInPacket(packetOf(format, bytes));
    case "bmp":
      return undefined;
    default:
      return "format";
  }
}

function reasonInJpeg(bytes: Uint8Array): LeaveReason | undefined {
  const header = readJpegHeader(bytes);
  const { frame, scanAt } = header;
  if (!frame || scanAt === undefined) return "unknown-size";
  // Baseline, extended and progressive; the rest is lossless, arithmetic or hierarchical.
  if (frame.marker > 0xc2) return "coding";
  if (frame.components !== 1 && frame.components !== 3) return "colours";
  if (frame.precision !== 8) return "hdr";
  return (
    reasonInPacket(packetsOfJpeg(bytes, header)) ??
    (segmentNamed(bytes, header, APP2, GAIN_MAP_NAME) && "hdr") ??
    reasonInTrailer(bytes, jpegEnd(bytes, scanAt))
  );
}

/** Words of an XMP packet that say what a new coding would break. */
const PACKET_WORDS: readonly (readonly [words: RegExp, LeaveReason])[] = [
  [/hdrgm:|hdr-gain-map|hdrgainmap|GainMap/, "hdr"],
  [/MotionPhoto|MicroVideo/, "motion"],
  // Depth and a second view live in the packet, too, and belong to these very pixels.
  [/GPano:|photos\/1\.0\/panorama|GDepth:|GImage:/, "panorama"],
];

function reasonInPacket(packet: string): LeaveReason | undefined {
  return PACKET_WORDS.find(([words]) => words.test(packet))?.[1];
}

function packetOf(format: FormatName, bytes: Uint8Array): string {
  const { xmp } = findMetadata(format, bytes);
  return xmp ? latin1(bytes, xmp.start, xmp.end) : "";
}

function packetsOfJpeg(bytes: Uint8Array, { segments }: JpegHeader): string {
  return segments
    .filter(
      ({ marker, start }) =>
        marker === APP1 && (hasText(bytes, start, XMP_NAME) || hasText(bytes, start, EXTENDED_XMP_NAME)),
    )
    .map(({ start, end }) => latin1(bytes, start, end))
    .join("\n");
}

/** The mark of the standard for gain maps, ISO 21496-1, in a segment of its own. */
const GAIN_MAP_NAME = "urn:iso:std:iso:ts:21496:-1";

/** What phones hang behind the picture: a gain map as a second picture, a short film. */
function reasonInTrailer(bytes: Uint8Array, end: number): LeaveReason | undefined {
  const has = (words: string): boolean => findText(bytes, words, end) >= 0;
  if (has("hdrgainmap") || has("hdr-gain-map") || has(GAIN_MAP_NAME)) return "hdr";
  return has("MotionPhoto_Data") || holdsFilm(bytes, end) ? "motion" : undefined;
}

function holdsFilm(bytes: Uint8Array, from: number): boolean {
  for (let at = findText(bytes, "ftyp", from); at >= 0; at = findText(bytes, "ftyp", at + 1)) {
    const length = uint32(bytes, at - 4);
    if (length >= 16 && length <= 256 && /^[\w ]{4}$/.test(latin1(bytes, at + 4, at + 8))) return true;
  }
  return false;
}
