import type { Bytes } from "../content/bytes";
import { FORMATS, type FormatName } from "../content/formats";
import type { PixelSize } from "../content/picture";
import { readPicture } from "../content/read-picture";
import { numberOf, TAG } from "../content/tiff";
import { mendExif } from "./mend-shape";

/** The colours a canvas can hold. */
export type Gamut = "srgb" | "display-p3";

/** A canvas that is not shown; what it does throws where the host cannot do what it is asked for. */
export interface Canvas {
  readonly context: OffscreenCanvasRenderingContext2D;
  readonly size: PixelSize;
  readonly gamut: Gamut;
}

/** Makes a canvas, in a worker or on the page: every host that main.js runs on has one of this kind (iOS from 16.4 on). */
export function makeCanvas(size: PixelSize, gamut: Gamut): Canvas {
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = canvas.getContext("2d", { colorSpace: gamut, willReadFrequently: true });
  if (context === null) throw new TypeError("no room for a canvas");
  return { context, size, gamut };
}

/** Codes what is drawn. */
export async function encode({ context }: Canvas, format: "jpeg" | "png", quality = 1): Promise<Bytes> {
  const { type } = FORMATS[format];
  const blob = await context.canvas.convertToBlob({ type, quality });
  // An encoder that is asked for what it cannot do answers PNG, without a word (measured; HTML, 4.12.5.5).
  if (blob.type !== type) throw new TypeError(`no encoder for ${type}`);
  return new Uint8Array(await blob.arrayBuffer());
}

/**
 * How a picture's stored pixels are to be turned and mirrored, from 1, upright, to 8 (Exif 2.32, tag 0x0112). Where that
 * stands in a form that the copy cannot be given, nothing is turned and all stays as it is told.
 */
export function orientationOf(format: FormatName, bytes: Bytes): number {
  const told = numberOf(readPicture(format, bytes).tiff?.main, TAG.orientation);
  return told && told <= 8 ? told : 1;
}

/**
 * Decodes a picture's pixels as they are stored; throws where this host cannot: which formats it knows is nowhere to be
 * asked.
 */
export function decode(format: FormatName, bytes: Bytes): Promise<ImageBitmap> {
  const { exif, size } = readPicture(format, bytes);
  let parts = [bytes];
  if (exif && size) {
    // Browsers differ in which formats' orientation they follow, and in whether they can be told not to. So they are
    // given an upright one. In a PNG the check sum is then wrong: decoders pass over such a chunk, which does as well.
    const block = mendExif(bytes.slice(exif.start, exif.end), size);
    parts = [bytes.subarray(0, exif.start), block, bytes.subarray(exif.end)];
  }
  return createImageBitmap(new Blob(parts, { type: FORMATS[format].type }));
}

/** The pixels of so many rows from a row on, or of the whole canvas, in its own colours. */
export function pixelsOf({ context, size }: Canvas, from = 0, rows = size.height): Uint8ClampedArray {
  return context.getImageData(0, from, size.width, rows).data;
}
