import { BMP } from "image-size/types/bmp";
import { GIF } from "image-size/types/gif";
import { HEIF } from "image-size/types/heif";
import { PNG } from "image-size/types/png";
import { WEBP } from "image-size/types/webp";
import type { FormatName } from "./formats";
import { readJpegHeader } from "./jpeg";
import { numberOf, readTiff, TAG } from "./tiff";

/** Width and height as they are stored, before any turning, in pixels. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/**
 * The readers for each format by itself: the library's own front door tries all of its twenty, some of which copy the
 * whole file or take anything for a picture. Its readers of JPEG and TIFF are passed over: the frame header and the first
 * table are read here anyway, and the library's copies a whole TIFF and walks on past the table's end.
 */
const READERS: Partial<Record<FormatName, { calculate(bytes: Uint8Array): Partial<PixelSize> }>> = {
  avif: HEIF,
  bmp: BMP,
  gif: GIF,
  heic: HEIF,
  heif: HEIF,
  png: PNG,
  webp: WEBP,
};

/** A picture's stored size; `undefined` where the header does not tell. */
export function pixelSize(format: FormatName, bytes: Uint8Array): PixelSize | undefined {
  const { width = 0, height = 0 } = readSize(format, bytes);
  return width > 0 && height > 0 ? { width, height } : undefined;
}

function readSize(format: FormatName, bytes: Uint8Array): Partial<PixelSize> {
  if (format === "jpeg") return readJpegHeader(bytes).frame ?? {};
  if (format === "tiff") {
    const block = readTiff(bytes);
    const side = (tag: number): number => (block && numberOf(block, block.main, tag)) ?? 0;
    return { width: side(TAG.width), height: side(TAG.height) };
  }
  try {
    return READERS[format]?.calculate(bytes) ?? {};
  } catch {
    // The library throws on headers that make no sense; to us they tell nothing.
    return {};
  }
}
