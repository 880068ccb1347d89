import { isoExif } from "./iso-boxes";

export interface Block {
  start: number;
  length: number;
}

const exifMark = "Exif\0\0";

/** The segments of a JPEG up to the picture data, without their two-byte markers. */
export function jpegSegments(bytes: Buffer): (Block & { marker: number })[] {
  const found: (Block & { marker: number })[] = [];
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += 2;
      continue;
    }
    const length = bytes.readUInt16BE(at + 2);
    if (length < 2 || at + 2 + length > bytes.length) return found;
    found.push({ marker, start: at + 4, length: length - 2 });
    if (marker === 0xda) return found;
    at += 2 + length;
  }
  return found;
}

/** The chunks of a PNG; undefined where the file ends before its last chunk does. */
export function pngChunks(bytes: Buffer): (Block & { type: string })[] | undefined {
  const found: (Block & { type: string })[] = [];
  let at = 8;
  while (at + 12 <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    if (at + 12 + length > bytes.length) return undefined;
    const type = bytes.toString("latin1", at + 4, at + 8);
    found.push({ type, start: at + 8, length });
    if (type === "IEND") return found;
    at += 12 + length;
  }
  return undefined;
}

/** The chunks of a RIFF file (WebP, AVI); undefined where it is shorter than it says. */
export function riffChunks(bytes: Buffer): (Block & { type: string })[] | undefined {
  const end = bytes.length < 12 ? 0 : bytes.readUInt32LE(4) + 8;
  if (end < 20 || end > bytes.length) return undefined;
  const found: (Block & { type: string })[] = [];
  let at = 12;
  while (at + 8 <= end) {
    const length = bytes.readUInt32LE(at + 4);
    if (at + 8 + length > end) return undefined;
    found.push({ type: bytes.toString("latin1", at, at + 4), start: at + 8, length });
    at += 8 + length + (length % 2);
  }
  return found;
}

function afterMark(bytes: Buffer, block: Block): Block {
  const marked = bytes.toString("latin1", block.start, block.start + 6) === exifMark;
  return marked ? { start: block.start + 6, length: block.length - 6 } : block;
}

/** Where the EXIF (TIFF) block of a picture lies; undefined where it has none. */
export function exifBlock(bytes: Buffer, mimeType: string): Block | undefined {
  if (mimeType === "image/jpeg") {
    const found = jpegSegments(bytes).find(
      ({ marker, start }) => marker === 0xe1 && bytes.toString("latin1", start, start + 6) === exifMark,
    );
    return found === undefined ? undefined : afterMark(bytes, found);
  }
  if (mimeType === "image/png") return pngChunks(bytes)?.find(({ type }) => type === "eXIf");
  if (mimeType === "image/webp") {
    const found = riffChunks(bytes)?.find(({ type }) => type === "EXIF");
    return found === undefined ? undefined : afterMark(bytes, found);
  }
  if (mimeType === "image/heif" || mimeType === "image/avif") {
    const found = isoExif(bytes);
    return found === undefined ? undefined : afterMark(bytes, found);
  }
  const tiffLike = mimeType === "image/tiff" || mimeType.startsWith("image/x-");
  return tiffLike ? { start: 0, length: bytes.length } : undefined;
}
