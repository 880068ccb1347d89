import { boxesIn } from "./boxes";
import { uint16, uint32 } from "./bytes";
import type { FormatName } from "./formats";
import { readJpegHeader } from "./jpeg";
import { readPng } from "./png";
import { numberOf, readTiff, TAG } from "./tiff";
import { readWebp } from "./webp";

/** Width and height as they are stored, before any turning, in pixels. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** A picture's stored size; `undefined` where the header does not tell. */
export function pixelSize(format: FormatName, bytes: Uint8Array): PixelSize | undefined {
  const { width = 0, height = 0 } = READERS[format]?.(bytes) ?? {};
  return width > 0 && height > 0 ? { width, height } : undefined;
}

const READERS: Partial<Record<FormatName, (bytes: Uint8Array) => Partial<PixelSize> | undefined>> = {
  avif: sizeInBoxes,
  bmp: (bytes) => ({
    width: uint32(bytes, 18, "little"),
    // Negative where the rows go from top to bottom.
    height: Math.abs(uint32(bytes, 22, "little") | 0),
  }),
  gif: (bytes) => ({ width: uint16(bytes, 6, "little"), height: uint16(bytes, 8, "little") }),
  heic: sizeInBoxes,
  heif: sizeInBoxes,
  jpeg: (bytes) => readJpegHeader(bytes).frame,
  png: (bytes) => {
    const { header } = readPng(bytes);
    return header && sizeAt(bytes, header.start);
  },
  tiff: (bytes) => {
    const main = readTiff(bytes)?.main;
    return { width: numberOf(main, TAG.width) ?? 0, height: numberOf(main, TAG.height) ?? 0 };
  },
  webp: sizeOfWebp,
};

/** Two numbers of 32 bits, as PNG and the MP4 family have them. */
function sizeAt(bytes: Uint8Array, at: number): PixelSize {
  return { width: uint32(bytes, at), height: uint32(bytes, at + 4) };
}

/** The largest of the sizes that a HEIF file's items have (ISO/IEC 23008-12, 6.5.3): tiles and thumbnails have theirs. */
function sizeInBoxes(bytes: Uint8Array): PixelSize | undefined {
  let start = 0;
  let end = bytes.length;
  for (const name of ["meta", "iprp", "ipco"]) {
    const box = boxesIn(bytes, start, end).find((one) => one.name === name);
    if (!box) return undefined;
    // A version and flags stand before the boxes in the first of these.
    start = box.start + (name === "meta" ? 4 : 0);
    end = box.end;
  }
  return boxesIn(bytes, start, end)
    .filter(({ name }) => name === "ispe")
    .map((box) => sizeAt(bytes, box.start + 4))
    .sort((one, other) => other.width * other.height - one.width * one.height)[0];
}

/** By the extended header, or by the picture's own (RFC 9649, sections 2.7, 2.5 and 3.4). */
function sizeOfWebp(bytes: Uint8Array): PixelSize | undefined {
  const { extended, image } = readWebp(bytes);
  if (extended) {
    const side = (at: number): number => 1 + (uint32(bytes, extended.start + at, "little") & 0xffffff);
    return { width: side(4), height: side(7) };
  }
  if (!image) return undefined;
  if (image.lossless) {
    const sides = uint32(bytes, image.start + 1, "little");
    return { width: 1 + (sides & 0x3fff), height: 1 + ((sides >>> 14) & 0x3fff) };
  }
  const side = (at: number): number => uint16(bytes, image.start + at, "little") & 0x3fff;
  return { width: side(6), height: side(8) };
}
