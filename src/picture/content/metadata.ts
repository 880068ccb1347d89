import { hasText } from "./bytes";
import type { FormatName } from "./formats";
import { APP1, EXIF_NAME, readJpegHeader, segmentNamed, XMP_NAME } from "./jpeg";
import { readPng } from "./png";
import { readTiff, type TiffBlock } from "./tiff";
import { readWebp } from "./webp";

/** A stretch of a file. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** What is told about a picture, and where the file keeps it. */
export interface Metadata {
  /** From the TIFF header on, without the names some formats put before it. */
  readonly exif?: Stretch | undefined;
  /** What that stretch holds, where it can be read. */
  readonly tiff?: TiffBlock | undefined;
  readonly xmp?: Stretch | undefined;
}

/** Finds EXIF and XMP in the formats that keep them where they are cheaply found; nothing in the others. */
export function findMetadata(format: FormatName, bytes: Uint8Array): Metadata {
  switch (format) {
    case "jpeg": {
      const header = readJpegHeader(bytes);
      return places(
        bytes,
        segmentNamed(bytes, header, APP1, EXIF_NAME),
        behind(segmentNamed(bytes, header, APP1, XMP_NAME), XMP_NAME.length),
      );
    }
    case "png": {
      const { exif, xmp } = readPng(bytes);
      return places(bytes, exif, xmp);
    }
    case "webp": {
      const { exif, xmp } = readWebp(bytes);
      return places(bytes, exif, xmp);
    }
    case "tiff":
    case "dng":
      return places(bytes, { start: 0, end: bytes.length }, undefined);
    default:
      return {};
  }
}

function places(bytes: Uint8Array, found: Stretch | undefined, xmp: Stretch | undefined): Metadata {
  // PNG and WebP files, too, may hold the name that belongs to JPEG alone.
  const isNamed = found !== undefined && hasText(bytes, found.start, EXIF_NAME);
  const exif = isNamed ? behind(found, EXIF_NAME.length) : found;
  return { exif, tiff: exif && readTiff(bytes.subarray(exif.start, exif.end)), xmp };
}

function behind(stretch: Stretch | undefined, length: number): Stretch | undefined {
  return stretch && { start: stretch.start + length, end: stretch.end };
}
