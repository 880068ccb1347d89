import { hasText, uint32 } from "./bytes";
import { FORMATS, type FormatName } from "./formats";
import { readGif } from "./gif";
import { readHeif } from "./heif";
import { EXIF_NAME, readJpeg } from "./jpeg";
import { begins, behind } from "./parts";
import type { Picture } from "./picture";
import { readPng } from "./png";
import { numberOf, readTiff, TAG } from "./tiff";
import { readWebp } from "./webp";

type Reader = (bytes: Uint8Array) => Picture;

/** Of BigTIFF, with 43 in the place of 42, nothing is looked into. */
const readRaw: Reader = (bytes) => ({
  damaged: !readTiff(bytes) && !hasText(bytes, 2, "+\0") && !hasText(bytes, 2, "\0+"),
});

const READERS: Partial<Record<FormatName, Reader>> = {
  avif: readHeif,
  bmp: (bytes) => ({
    damaged: uint32(bytes, 10, "little") >= bytes.length,
    // The height is negative where the rows go from top to bottom.
    size: { width: uint32(bytes, 18, "little"), height: Math.abs(uint32(bytes, 22, "little") | 0) },
  }),
  gif: readGif,
  heic: readHeif,
  heif: readHeif,
  ico: (bytes) => ({ damaged: uint32(bytes, 18, "little") >= bytes.length }),
  jpeg: readJpeg,
  png: readPng,
  tiff: (bytes) => {
    const main = readTiff(bytes)?.main;
    const size = { width: numberOf(main, TAG.width) ?? 0, height: numberOf(main, TAG.height) ?? 0 };
    return { ...readRaw(bytes), size };
  },
  webp: readWebp,
  cr3: (bytes) => readHeif(bytes, "moov"),
};

/** Reads what a file tells of its picture. Bad bytes lead to less, and never to an exception. */
export function readPicture(format: FormatName, bytes: Uint8Array): Picture {
  // Raw formats without a beginning of their own are TIFF's relatives.
  const reader = READERS[format] ?? (FORMATS[format].beginning === undefined ? readRaw : undefined);
  const picture = reader?.(bytes) ?? { damaged: false };
  const { size, exif: found } = picture;
  // PNG and WebP files, too, may hold the name that belongs to JPEG alone.
  const exif = found && begins(bytes, found, EXIF_NAME) ? behind(found, EXIF_NAME) : found;
  return {
    ...picture,
    size: size && size.width > 0 && size.height > 0 ? size : undefined,
    exif,
    tiff: exif && readTiff(bytes.subarray(exif.start, exif.end)),
  };
}
