import { jpegSegments, pngChunks, riffChunks } from "./exif-block";
import { boxes } from "./iso-boxes";
import { Tiff } from "./tiff";

const photoBrands: Record<string, string> = {
  avif: "image/avif",
  avis: "image/avif",
  heic: "image/heif",
  heix: "image/heif",
  heim: "image/heif",
  heis: "image/heif",
  hevc: "image/heif",
  hevx: "image/heif",
  mif1: "image/heif",
  msf1: "image/heif",
  crx: "image/x-canon-cr3",
};

const latin = (bytes: Buffer, from: number, to: number): string => bytes.toString("latin1", from, to);

const hasFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

function isJpeg(bytes: Buffer): boolean {
  if (bytes.length < 4 || bytes.readUIntBE(0, 3) !== 0xffd8ff) return false;
  const segments = jpegSegments(bytes);
  const scan = segments.find(({ marker }) => marker === 0xda);
  return (
    segments.some(({ marker }) => hasFrame(marker)) &&
    scan !== undefined &&
    scan.start + scan.length < bytes.length
  );
}

function isPng(bytes: Buffer): boolean {
  if (latin(bytes, 0, 8) !== "\x89PNG\r\n\x1a\n") return false;
  const chunks = pngChunks(bytes);
  return chunks?.[0]?.type === "IHDR" && chunks.some(({ type }) => type === "IDAT");
}

/** A GIF with at least one whole picture in it. */
function isGif(bytes: Buffer): boolean {
  if (!/^GIF8[79]a$/.test(latin(bytes, 0, 6)) || bytes.length < 13) return false;
  const tableBytes = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1));
  const afterBlocks = (from: number): number => {
    let at = from;
    while ((bytes[at] ?? 0) > 0) at += 1 + (bytes[at] ?? 0);
    return at + 1;
  };
  let at = 13 + tableBytes(bytes[10] ?? 0);
  while (bytes[at] === 0x21) at = afterBlocks(at + 2);
  return bytes[at] === 0x2c && afterBlocks(at + 11 + tableBytes(bytes[at + 9] ?? 0)) <= bytes.length;
}

function isBmp(bytes: Buffer): boolean {
  if (latin(bytes, 0, 2) !== "BM" || bytes.length < 26) return false;
  const pixels = bytes.readUInt32LE(10);
  return (
    [12, 40, 52, 56, 64, 108, 124].includes(bytes.readUInt32LE(14)) && pixels >= 26 && pixels < bytes.length
  );
}

function isIco(bytes: Buffer): boolean {
  if (bytes.length < 22 || bytes.readUInt32LE(0) !== 0x0001_0000) return false;
  const count = bytes.readUInt16LE(4);
  return count > 0 && count < 256 && bytes.readUInt32LE(18) + bytes.readUInt32LE(14) <= bytes.length;
}

function isWebp(bytes: Buffer): boolean {
  if (latin(bytes, 0, 4) !== "RIFF" || latin(bytes, 8, 12) !== "WEBP") return false;
  return riffChunks(bytes)?.some(({ type }) => type.startsWith("VP8") || type === "ANMF") ?? false;
}

/** TIFF, or a camera's RAW that is a TIFF at heart. */
function tiffType(bytes: Buffer): string | undefined {
  if (latin(bytes, 0, 16) === "FUJIFILMCCD-RAW ") return bytes.length > 1024 ? "image/x-fuji-raf" : undefined;
  const tiff = Tiff.open(bytes);
  if (tiff === undefined) return undefined;
  const first = tiff.firstDirectory;
  if (tiff.entries(first).length === 0) return undefined;
  if (tiff.u16(2) === 0x55) return "image/x-panasonic-rw2";
  if (tiff.u16(2) !== 0x2a) return "image/x-olympus-orf";
  if (latin(bytes, 8, 10) === "CR") return "image/x-canon-cr2";
  if (tiff.entry(first, 0xc612) !== undefined) return "image/x-adobe-dng";
  const raw = tiff.entry(first, 0x014a) !== undefined;
  const make = tiff.text(first, 0x010f) ?? "";
  if (raw && /^nikon/i.test(make)) return "image/x-nikon-nef";
  if (raw && /^sony/i.test(make)) return "image/x-sony-arw";
  if (/^pentax/i.test(make) && tiff.entry(first, 0xc634) !== undefined) return "image/x-pentax-pef";
  return tiff.number(first, 0x0100) && tiff.number(first, 0x0101) ? "image/tiff" : undefined;
}

/** HEIC, AVIF and Canon's CR3, or the videos of the same family. */
function isoType(bytes: Buffer): string | undefined {
  const type = latin(bytes, 4, 8);
  if (!["ftyp", "moov", "wide", "mdat", "free", "skip"].includes(type)) return undefined;
  const found = boxes(bytes, 0, bytes.length);
  if (found === undefined) return undefined;
  const brand = type === "ftyp" ? latin(bytes, 8, 12).trim() : "qt";
  const photo = photoBrands[brand];
  if (photo !== undefined)
    return found.some((box) => box.type === "meta" || box.type === "moov") ? photo : undefined;
  if (!found.some((box) => box.type === "moov")) return undefined;
  if (brand === "qt") return "video/quicktime";
  if (brand.startsWith("3g")) return brand.startsWith("3g2") ? "video/3gpp2" : "video/3gpp";
  return brand.startsWith("M4V") ? "video/x-m4v" : "video/mp4";
}

function videoType(bytes: Buffer): string | undefined {
  if (bytes.length < 400) return undefined;
  if (latin(bytes, 0, 4) === "RIFF" && latin(bytes, 8, 12) === "AVI ") return "video/avi";
  if (bytes.readUInt32BE(0) === 0x1a45dfa3) return "video/x-matroska";
  if (bytes.readUInt32BE(0) === 0x3026b275 && bytes.readUInt32BE(4) === 0x8e66cf11) return "video/x-ms-wmv";
  if (bytes.readUInt32BE(0) === 0x000001ba) return "video/mpeg";
  if (bytes[0] === 0x47 && bytes[188] === 0x47 && bytes[376] === 0x47) return "video/mp2t";
  if (bytes[4] === 0x47 && bytes[196] === 0x47 && bytes[388] === 0x47) return "video/mp2t";
  return undefined;
}

/**
 * The MIME type of a photo or video that the service takes (fact sheet §6), by content and never by name;
 * undefined for everything else (SVG, PDF, JXL, text) and for files that break off.
 */
export function sniff(bytes: Buffer): string | undefined {
  if (isJpeg(bytes)) return "image/jpeg";
  if (isPng(bytes)) return "image/png";
  if (isGif(bytes)) return "image/gif";
  if (isWebp(bytes)) return "image/webp";
  if (isBmp(bytes)) return "image/bmp";
  if (isIco(bytes)) return "image/x-icon";
  return tiffType(bytes) ?? isoType(bytes) ?? videoType(bytes);
}
