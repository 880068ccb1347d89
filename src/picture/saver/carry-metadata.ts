import { hasText, joined, latin1, textBytes, uint32, type Bytes } from "../content/bytes";
import type { FormatName } from "../content/formats";
import {
  APP0,
  APP1,
  APP13,
  EXIF_NAME,
  EXTENDED_XMP_NAME,
  jpegSegment,
  LONGEST_PAYLOAD,
  readJpegHeader,
  XMP_NAME,
} from "../content/jpeg";
import { findMetadata } from "../content/metadata";
import { pngChunk, readPng } from "../content/png";
import type { PixelSize } from "../content/size";
import { mendedExif, mendedPacket } from "./mend-exif";

const COMMENT = 0xfe;

/** What is told about a picture, mended for the copy. */
interface Told {
  readonly exif: Bytes | undefined;
  readonly packet: Bytes | undefined;
}

/**
 * Puts what the local file tells about the picture (EXIF with position and makers' notes, XMP, IPTC, comments) into the
 * newly coded copy. Colour profiles are the encoder's: they belong to the new pixels.
 *
 * @param size  of the copy, upright
 * @returns     `undefined` where something would be lost; the picture goes as it is then
 */
export function withMetadata(
  from: FormatName,
  local: Bytes,
  to: "jpeg" | "png",
  coded: Bytes,
  size: PixelSize,
): Bytes | undefined {
  const told = toldBy(from, local, size);
  if (!told) return undefined;
  return to === "jpeg" ? intoJpeg(from, local, told, coded) : intoPng(from, local, told, coded);
}

function toldBy(format: FormatName, local: Bytes, size: PixelSize): Told | undefined {
  const { exif, xmp } = findMetadata(format, local);
  const block = exif && mendedExif(local.slice(exif.start, exif.end), size);
  if (exif && !block) return undefined;
  const text = xmp && new TextDecoder().decode(local.subarray(xmp.start, xmp.end));
  return {
    exif: block,
    packet: text === undefined ? undefined : new TextEncoder().encode(mendedPacket(text, size)),
  };
}

function intoJpeg(from: FormatName, local: Bytes, told: Told, coded: Bytes): Bytes | undefined {
  const own = from === "jpeg" ? segmentsToCarry(local) : [];
  const payloads: readonly (readonly [marker: number, payload: Bytes])[] = [
    ...(told.exif ? [[APP1, joined([textBytes(EXIF_NAME), told.exif])] as const] : []),
    ...(told.packet ? [[APP1, joined([textBytes(XMP_NAME), told.packet])] as const] : []),
    ...own,
  ];
  if (payloads.some(([, payload]) => payload.length > LONGEST_PAYLOAD)) return undefined;
  const first = readJpegHeader(coded).segments[0];
  const at = first?.marker === APP0 ? first.end : 2;
  return joined([
    coded.subarray(0, at),
    ...payloads.map(([marker, payload]) => jpegSegment(marker, payload)),
    coded.subarray(at),
  ]);
}

/** Segments that are carried over as they are. */
function segmentsToCarry(local: Bytes): (readonly [marker: number, payload: Bytes])[] {
  return readJpegHeader(local)
    .segments.filter(
      ({ marker, start }) =>
        marker === APP13 ||
        marker === COMMENT ||
        (marker === APP1 && hasText(local, start, EXTENDED_XMP_NAME)),
    )
    .map(({ marker, start, end }) => [marker, local.subarray(start, end)]);
}

const XMP_CHUNK_FIELDS = "XML:com.adobe.xmp\0\0\0\0\0";

function intoPng(from: FormatName, local: Bytes, told: Told, coded: Bytes): Bytes | undefined {
  const { header } = readPng(coded);
  if (!header) return undefined;
  const at = header.end + 4;
  return joined([
    coded.subarray(0, at),
    ...(told.exif ? [pngChunk("eXIf", told.exif)] : []),
    ...(told.packet ? [pngChunk("iTXt", textBytes(XMP_CHUNK_FIELDS), told.packet)] : []),
    ...(from === "png" ? chunksToCarry(local) : []),
    coded.subarray(at),
  ]);
}

const CARRIED = new Set(["tEXt", "zTXt", "iTXt", "tIME"]);

/** Chunks that are carried over as they are; XMP is not among them, since it was mended. */
function chunksToCarry(local: Bytes): Bytes[] {
  const { xmp } = readPng(local);
  const chunks: Bytes[] = [];
  let at = 8;
  while (at + 12 <= local.length) {
    const start = at + 8;
    const end = start + uint32(local, at) + 4;
    if (end > local.length) break;
    const isPacket = xmp?.end === end - 4;
    if (CARRIED.has(latin1(local, at + 4, start)) && !isPacket) chunks.push(local.subarray(at, end));
    at = end;
  }
  return chunks;
}
