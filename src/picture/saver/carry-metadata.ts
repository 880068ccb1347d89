import { joined, textBytes, type Bytes } from "../content/bytes";
import type { FormatName } from "../content/formats";
import {
  APP1,
  APP13,
  behindJfif,
  EXIF_NAME,
  EXTENDED_XMP_NAME,
  jpegSegment,
  LONGEST_PAYLOAD,
  readJpeg,
  XMP_NAME,
} from "../content/jpeg";
import { begins } from "../content/parts";
import type { PixelSize } from "../content/picture";
import { readPicture } from "../content/read-picture";
import { pngChunk, readPng } from "../content/png";
import { numberOf, TAG } from "../content/tiff";
import { mendExif, withoutShape } from "./mend-shape";

/**
 * Puts what the local file tells about the picture (EXIF with position and makers' notes, XMP, IPTC, comments) into the
 * newly coded copy, whose own shape they then tell. Colour profiles are the encoder's: they belong to the new pixels.
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
  const { exif, tiff, xmp } = readPicture(from, local);
  const isTold = numberOf(tiff?.main, TAG.orientation) !== undefined;
  const block = exif && mendExif(local.slice(exif.start, exif.end), size);
  const packet = xmp && withoutShape(local.subarray(xmp.start, xmp.end), isTold);
  const carried = from === to ? local : undefined;
  const isJpeg = to === "jpeg";
  const at = isJpeg ? behindJfif(coded) : PNG_HEADER_END;
  const pieces = isJpeg ? jpegPieces(block, packet, carried) : pngPieces(block, packet, carried);
  return pieces && joined([coded.subarray(0, at), ...pieces, coded.subarray(at)]);
}

type Piece = Bytes | undefined;

function jpegPieces(exif: Piece, packet: Piece, local: Piece): readonly Bytes[] | undefined {
  const segments = [
    ...(exif ? [jpegSegment(APP1, textBytes(EXIF_NAME), exif)] : []),
    ...(packet ? [jpegSegment(APP1, textBytes(XMP_NAME), packet)] : []),
    ...(local ? segmentsToCarry(local) : []),
  ];
  const isTooLong = segments.some(({ length }) => length > 4 + LONGEST_PAYLOAD);
  return isTooLong ? undefined : segments;
}

const COMMENT = "\xfe";

/** Segments that are carried over as they are. */
function segmentsToCarry(local: Bytes): readonly Bytes[] {
  return readJpeg(local)
    .segments.filter(
      (segment) =>
        segment.name === APP13 ||
        segment.name === COMMENT ||
        (segment.name === APP1 && begins(local, segment, EXTENDED_XMP_NAME)),
    )
    .map(({ at, end }) => local.subarray(at, end));
}

/** Where encoders end a PNG's header: behind the mark of the format and a chunk of 13 bytes. */
const PNG_HEADER_END = 33;

const XMP_CHUNK_FIELDS = "XML:com.adobe.xmp\0\0\0\0\0";

function pngPieces(exif: Piece, packet: Piece, local: Piece): readonly Bytes[] {
  return [
    ...(exif ? [pngChunk("eXIf", exif)] : []),
    ...(packet ? [pngChunk("iTXt", textBytes(XMP_CHUNK_FIELDS), packet)] : []),
    ...(local ? chunksToCarry(local) : []),
  ];
}

const CARRIED = new Set(["tEXt", "zTXt", "iTXt", "tIME"]);

/** Chunks that are carried over as they are; XMP is not among them, since it has its place already. */
function chunksToCarry(local: Bytes): readonly Bytes[] {
  const { chunks, xmp } = readPng(local);
  return chunks
    .filter(({ name, end, next }) => CARRIED.has(name) && next <= local.length && end !== xmp?.end)
    .map(({ at, next }) => local.subarray(at, next));
}
