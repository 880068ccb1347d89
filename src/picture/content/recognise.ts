import { hasText, latin1, uint32 } from "./bytes";
import type { FormatName, Recognised } from "./formats";
import { formatOfBrands, readBrands } from "./brands";
import { rawFormatOfTiff } from "./raw-tiff";
import { isSvg } from "./svg";

/** How much of a file's beginning tells what it is; only TIFF's relatives may want the rest. */
export const TELLING_BYTES = 65_536;

const taken = (format: FormatName): Recognised => ({ format });
const NOT_TAKEN: Recognised = { skip: "type" };
const NO_IMAGE: Recognised = { skip: "not-an-image" };

/** Beginnings that tell all by themselves. */
const SIGNATURES: readonly (readonly [at: number, text: string, Recognised])[] = [
  [0, "\xff\xd8\xff", taken("jpeg")],
  [0, "\x89PNG\r\n\x1a\n", taken("png")],
  [0, "GIF87a", taken("gif")],
  [0, "GIF89a", taken("gif")],
  [0, "FUJIFILMCCD-RAW", taken("raf")],
  [6, "HEAPCCDR", taken("crw")],
  [0, "IIRO", taken("orf")],
  [0, "IIRS", taken("orf")],
  [0, "MMOR", taken("orf")],
  [0, "IIU\0", taken("rw2")],
  [0, "\x00\x00\x01\xba", taken("mpg")],
  [0, "\x00\x00\x01\xb3", taken("mpg")],
  // Pictures, drawings and films of types that are not on Google's list (fact sheet §6).
  [0, "8BPS", NOT_TAKEN], // Photoshop
  [0, "%PDF-", NOT_TAKEN],
  [0, "%!PS", NOT_TAKEN],
  [0, "\xc5\xd0\xd3\xc6", NOT_TAKEN], // EPS with a preview
  [0, "\xff\x0a", NOT_TAKEN], // JPEG XL
  [4, "JXL \r\n\x87\n", NOT_TAKEN],
  [4, "jP  \r\n\x87\n", NOT_TAKEN], // JPEG 2000
  [0, "\xff\x4f\xff\x51", NOT_TAKEN],
  [0, "\x8aMNG\r\n\x1a\n", NOT_TAKEN],
  [0, "\x8bJNG\r\n\x1a\n", NOT_TAKEN],
  [0, "II\xbc\x01", NOT_TAKEN], // JPEG XR
  [0, "gimp xcf", NOT_TAKEN],
  [0, "icns", NOT_TAKEN],
  [0, "DDS ", NOT_TAKEN],
  [0, "qoif", NOT_TAKEN],
  [0, "#?RADIANCE", NOT_TAKEN],
  [0, "\x76\x2f\x31\x01", NOT_TAKEN], // OpenEXR
  [0, "\x00\x00\x02\x00", NOT_TAKEN], // cursors
  [0, "FOVb", NOT_TAKEN], // Sigma's raw
  [0, "\x00MRM", NOT_TAKEN], // Minolta's raw
  [0, "FLV\x01", NOT_TAKEN],
  [0, "OggS", NOT_TAKEN],
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
  for (const [at, text, is] of SIGNATURES) {
    if (hasText(bytes, at, text)) return is;
  }
  if (hasText(bytes, 0, "RIFF")) return recogniseRiff(latin1(bytes, 8, 12));
  if (hasText(bytes, 4, "ftyp")) return formatOfBrands(readBrands(bytes));
  if (hasText(bytes, 0, "II*\0") || hasText(bytes, 0, "MM\0*")) {
    return taken(rawFormatOfTiff(bytes, extension) ?? "tiff");
  }
  if (hasText(bytes, 0, "II+\0") || hasText(bytes, 0, "MM\0+")) return taken("tiff");
  if (hasText(bytes, 0, "BM") && BITMAP_HEADERS.has(uint32(bytes, 14, "little"))) return taken("bmp");
  if (hasText(bytes, 0, "\x00\x00\x01\x00") && (bytes[4] ?? 0) > 0 && bytes[5] === 0 && bytes[9] === 0) {
    return taken("ico");
  }
  if (hasText(bytes, 0, "\x1a\x45\xdf\xa3")) return recogniseMatroska(bytes);
  if (hasText(bytes, 0, "\x30\x26\xb2\x75\x8e\x66\xcf\x11")) return taken("asf");
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

/** Matroska and WebM differ in nothing but the document type that stands in the first few bytes. */
function recogniseMatroska(bytes: Uint8Array): Recognised {
  const header = latin1(bytes, 0, 4096);
  const named = /\x42\x82[\x80-\xff](webm|matroska)/.exec(header);
  if (named === null) return NO_IMAGE;
  return named[1] === "matroska" ? taken("mkv") : NOT_TAKEN;
}

/** MPEG transport streams have no beginning of their own, only a mark before each packet. */
function isTransportStream(bytes: Uint8Array, first: number, packet: number): boolean {
  if (bytes.length < first + 4 * packet) return false;
  for (let index = 0; index < 4; index += 1) {
    if (bytes[first + index * packet] !== 0x47) return false;
  }
  return true;
}
