import { BMP } from "image-size/types/bmp";
import { GIF } from "image-size/types/gif";
import { HEIF } from "image-size/types/heif";
import { ICO } from "image-size/types/ico";
import { PNG } from "image-size/types/png";
import { TIFF } from "image-size/types/tiff";
import { WEBP } from "image-size/types/webp";
import type { FormatName } from "./formats";
import { readJpegHeader } from "./jpeg";

/** Width and height as they are stored, before any turning, in pixels. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/**
 * The readers for each format by itself: the library's own front door tries all of its twenty, some of which copy the
 * whole file or take anything for a picture. Its reader of JPEG is passed over, since the frame header is read here
 * anyway for what it says of colours.
 */
const READERS: Partial<Record<FormatName, { calculate(bytes: Uint8Array): Partial<PixelSize> }>> = {
  avif: HEIF,
  bmp: BMP,
  gif: GIF,
  heic: HEIF,
  heif: HEIF,
  ico: ICO,
  png: PNG,
  tiff: TIFF,
  webp: WEBP,
};

/** A picture's stored size; `undefined` where the header does not tell. */
export function pixelSize(format: FormatName, bytes: Uint8Array): PixelSize | undefined {
  const { width, height } = format === "jpeg" ? (readJpegHeader(bytes).frame ?? {}) : readBy(format, bytes);
  return width !== undefined && height !== undefined && width > 0 && height > 0
    ? { width, height }
    : undefined;
}

function readBy(format: FormatName, bytes: Uint8Array): Partial<PixelSize> {
  try {
    return READERS[format]?.calculate(bytes) ?? {};
  } catch {
    // The library throws on headers that make no sense; to us they tell nothing.
    return {};
  }
}
