import { hasText, type Stretch } from "./bytes";
import type { FormatName } from "./formats";
import { APP1, APP2, EXIF_NAME, readJpegHeader, XMP_NAME, type JpegSegment } from "./jpeg";
import { readPng } from "./png";
import { readTiff, type TiffBlock } from "./tiff";
import { readWebp } from "./webp";

/** Where a file keeps what it tells about its picture. */
interface Told {
  readonly exif?: Stretch | undefined;
  readonly xmp?: Stretch | undefined;
  /** The colour profile. */
  readonly profile?: Stretch | undefined;
}

export interface Metadata extends Told {
  /** From the TIFF header on, without the names some formats put before it. */
  readonly exif: Stretch | undefined;
  /** What that stretch holds, where it can be read. */
  readonly tiff: TiffBlock | undefined;
}

const wholeFile = (bytes: Uint8Array): Told => ({ exif: { start: 0, end: bytes.length } });

/** The formats that keep metadata where they are cheaply found. */
const READERS: Partial<Record<FormatName, (bytes: Uint8Array) => Told>> = {
  jpeg: toldByJpeg,
  png: readPng,
  webp: readWebp,
  tiff: wholeFile,
  dng: wholeFile,
};

/** Finds EXIF, XMP and the colour profile; nothing in the formats that hide them well. */
export function findMetadata(format: FormatName, bytes: Uint8Array): Metadata {
  const { exif: found, xmp, profile } = READERS[format]?.(bytes) ?? {};
  // PNG and WebP files, too, may hold the name that belongs to JPEG alone.
  const exif = found && hasText(bytes, found.start, EXIF_NAME) ? behind(found, EXIF_NAME) : found;
  return { exif, tiff: exif && readTiff(bytes.subarray(exif.start, exif.end)), xmp, profile };
}

function toldByJpeg(bytes: Uint8Array): Told {
  const { segments } = readJpegHeader(bytes);
  const named = (marker: number, name: string): JpegSegment | undefined =>
    segments.find((one) => one.marker === marker && hasText(bytes.subarray(one.start, one.end), 0, name));
  const xmp = named(APP1, XMP_NAME);
  return {
    exif: named(APP1, EXIF_NAME),
    xmp: xmp && behind(xmp, XMP_NAME),
    profile: named(APP2, "ICC_PROFILE\0"),
  };
}

const behind = ({ start, end }: Stretch, name: string): Stretch => ({ start: start + name.length, end });
