import { hasText } from "./bytes";
import type { FormatName } from "./formats";
import { APP1, EXIF_NAME, readJpegHeader, segmentNamed, XMP_NAME } from "./jpeg";
import { readPng } from "./png";
import { readWebp } from "./webp";

/** A stretch of a file. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Where a file keeps what is told about the picture. */
export interface MetadataPlaces {
  /** From the TIFF header on, without the names some formats put before it. */
  readonly exif?: Stretch;
  readonly xmp?: Stretch;
}

/** Finds EXIF and XMP in the formats that keep them where they are cheaply found; nothing in the others. */
export function findMetadata(format: FormatName, bytes: Uint8Array): MetadataPlaces {
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
      return { exif: { start: 0, end: bytes.length } };
    default:
      return {};
  }
}

function places(bytes: Uint8Array, exif: Stretch | undefined, xmp: Stretch | undefined): MetadataPlaces {
  // PNG and WebP files, too, may hold the name that belongs to JPEG alone.
  const named = exif !== undefined && hasText(bytes, exif.start, EXIF_NAME);
  const block = named ? behind(exif, EXIF_NAME.length) : exif;
  return {
    ...(block && { exif: { start: block.start, end: block.end } }),
    ...(xmp && { xmp: { start: xmp.start, end: xmp.end } }),
  };
}

function behind(stretch: Stretch | undefined, length: number): Stretch | undefined {
  return stretch && { start: stretch.start + length, end: stretch.end };
}
