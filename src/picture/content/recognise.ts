import { hasText, latin1, uint32 } from "./bytes";
import type { FormatName, Recognised } from "./formats";
import { recogniseBrands } from "./brands";
import { rawFormatOfTiff } from "./raw-tiff";
import { isSvg } from "./svg";

/** How much of a file's beginning tells what it is; only TIFF's relatives may want the rest. */
export const TELLING_BYTES = 65_536;

const taken = (format: FormatName): Recognised => ({ format });
const NOT_TAKEN: Recognised = { skip: "type" };
const NO_IMAGE: Recognised = { skip: "not-an-image" };

/** Beginnings that tell all by themselves. */
const SIGNATURES: readonly (readonly [beginning: string, FormatName])[] = [
  ["\xff\xd8\xff", "jpeg"],
  ["\x89PNG\r\n\x1a\n", "png"],
  ["GIF87a", "gif"],
  ["GIF89a", "gif"],
  ["FUJIFILMCCD-RAW", "raf"],
  ["II\x1a\0\0\0HEAPCCDR", "crw"],
  ["II+\0", "tiff"], // with places of 64 bits
  ["MM\0+", "tiff"],
  ["IIRO", "orf"],
  ["IIRS", "orf"],
  ["MMOR", "orf"],
  ["IIU\0", "rw2"],
  ["\0\0\x01\xba", "mpg"],
  ["\0\0\x01\xb3", "mpg"],
  ["\x30\x26\xb2\x75\x8e\x66\xcf\x11", "asf"],
];

/** Beginnings of pictures, drawings and films of types that are not on Google's list (fact sheet §6). */
const SIGNATURES_NOT_TAKEN: readonly string[] = [
  "8BPS", // Photoshop
  "%PDF-",
  "%!PS",
  "\xc5\xd0\xd3\xc6", // EPS with a preview
  "\xff\x0a", // JPEG XL
  "\0\0\0\x0cJXL ",
  "\0\0\0\x0cjP  ", // JPEG 2000
  "\xff\x4f\xff\x51",
  "\x8aMNG\r\n\x1a\n",
  "\x8bJNG\r\n\x1a\n",
  "II\xbc\x01", // JPEG XR
  "gimp xcf",
  "icns",
  "DDS ",
  "qoif",
  "#?RADIANCE",
  "\x76\x2f\x31\x01", // OpenEXR
  "\0\0\x02\0", // cursors
  "FOVb", // Sigma's raw
  "\0MRM", // Minolta's raw
  "FLV\x01",
  "OggS",
];

/** Sizes that the second header of a bitmap is known to have: two letters alone would take in text. */
const BITMAP_HEADERS = new Set([12, 16, 40, 52, 56, 64, 108, 124]);

/** The first atoms of a QuickTime film of before there was a file type box. */
const QUICKTIME_ATOMS = new Set(["moov", "mdat", "wide", "free", "skip", "pnot"]);

/**
 * Says what a file is by its content.
 *
 * @param bytes      the whole file, or at least its first `TELLING_BYTES`
 * @param extension  of its name, in lower case: it only decides between formats that look alike from inside
 */
export function recognise(bytes: Uint8Array, extension: string): Recognised {
  const begins = (beginning: string): boolean => hasText(bytes, 0, beginning);
  const signed = SIGNATURES.find(([beginning]) => begins(beginning));
  if (signed) return taken(signed[1]);
  if (SIGNATURES_NOT_TAKEN.some(begins)) return NOT_TAKEN;
  if (begins("RIFF")) return recogniseRiff(latin1(bytes, 8, 12));
  if (hasText(bytes, 4, "ftyp")) return recogniseBrands(bytes);
  if (begins("II*\0") || begins("MM\0*")) return taken(rawFormatOfTiff(bytes, extension) ?? "tiff");
  if (begins("BM") && BITMAP_HEADERS.has(uint32(bytes, 14, "little"))) return taken("bmp");
  if (begins("\0\0\x01\0") && (bytes[4] ?? 0) > 0 && bytes[5] === 0 && bytes[9] === 0) {
    return taken("ico");
  }
  if (begins("\x1a\x45\xdf\xa3")) return recogniseMatroska(bytes);
  if (isTransportStream(bytes, 0, 188) || isTransportStream(bytes, 4, 192)) return taken("mts");
  if (QUICKTIME_ATOMS.has(latin1(bytes, 4, 8))) return taken("mov");
  if (isSvg(bytes)) return NOT_TAKEN;
  return NO_IMAGE;
}

function recogniseRiff(form: string): Recognised {
  if (form === "WEBP") return taken("webp");
  if (form === "AVI ") return taken("avi");
  return NO_IMAGE; // sound, mostly
}

/**
 * Matroska and WebM differ in nothing but the document type, an element of number 42 82 and a length, that stands in the
 * first few bytes.
 */
function recogniseMatroska(bytes: Uint8Array): Recognised {
  const type = /\x42[^\0-\x7f].(matroska|webm)/s.exec(latin1(bytes, 0, 4096))?.[1];
  if (type === undefined) return NO_IMAGE;
  return type === "webm" ? NOT_TAKEN : taken("mkv");
}

/** MPEG transport streams have no beginning of their own, only a mark before each packet. */
function isTransportStream(bytes: Uint8Array, first: number, packet: number): boolean {
  return [0, 1, 2, 3].every((index) => bytes[first + index * packet] === 0x47);
}
