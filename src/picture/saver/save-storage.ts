import type { Bytes } from "../content/bytes";
import type { FormatName } from "../content/formats";
import type { PixelSize } from "../content/picture";
import { decode, encode, makeCanvas, orientationOf, type Canvas, type Gamut } from "./canvas";
import { withMetadata } from "./carry-metadata";
import { chooseQuality, demandOf } from "./choose-quality";
import { gamutOf } from "./gamut";
import { sizeToSave, MOST_PIXELS, type SaveRequest } from "./leave";
import { isSeeThrough, looksLikePhoto, sampled } from "./sample";
import { lumaOf, similarity } from "./similarity";

/** The copy's bytes, and what was made; or those of the picture that is left as it is. */
export interface Saving {
  readonly bytes: Bytes;
  readonly made?: "jpeg" | "png";
}

/** Without fewer pixels a new coding must save this much, or it is a loss for nothing. */
const WORTHWHILE = 0.9;

/** The last look: both pictures at about this many pixels on the shorter side must be this alike. */
const LOOK_SIDE = 384;
const LOOK_LIKENESS = 0.97;

/**
 * Makes the Storage saver copy of a picture, in the sense Google Photos gives it: at most 16 megapixels, photos as JPEG
 * at the lowest quality that cannot be told from the original, drawings without loss. Leaves the picture as it is where
 * that is wiser.
 *
 * @throws the signal's reason where it is aborted, and nothing else
 */
export async function saveStorage(request: SaveRequest, signal: AbortSignal): Promise<Saving> {
  const { format, bytes } = request;
  try {
    const size = sizeToSave(request);
    return (size && (await madeAnew(format, bytes, size, signal))) ?? { bytes };
  } catch {
    signal.throwIfAborted();
    // Memory is what runs out here, and every host has its own way to say so; the picture then goes as it is.
    return { bytes };
  }
}

async function madeAnew(
  format: FormatName,
  bytes: Bytes,
  size: PixelSize,
  signal: AbortSignal,
): Promise<Saving | undefined> {
  const bitmap = await decode(format, bytes);
  // A size other than the header's: a decoder that turned it all the same, or one that gave up memory. Neither is safe.
  if (bitmap.width !== size.width || bitmap.height !== size.height) {
    bitmap.close();
    return undefined;
  }
  const target = scaled(size, Math.sqrt(MOST_PIXELS / (size.width * size.height)));
  const small = scaled(size, LOOK_SIDE / Math.min(size.width, size.height));
  const orientation = orientationOf(format, bytes);
  const canvas = drawn(bitmap, target, gamutOf(format, bytes), orientation);
  // The same picture small, drawn from the decoder's own pixels.
  const look = drawn(bitmap, small, canvas.gamut, orientation);
  bitmap.close();
  signal.throwIfAborted();
  const shrunk = target.width < size.width;
  const most = bytes.length * (shrunk ? 1 : WORTHWHILE);
  const saving = await code(format, most, canvas, shrunk, signal);
  if (!saving) return undefined;
  const { coded, made } = saving;
  const told = withMetadata(format, bytes, made, coded, canvas.size);
  if (!told || told.length > most || !(await looksTheSame(look, coded, made))) return undefined;
  return { bytes: told, made };
}

/** A canvas with a picture all over it, upright, of which this is the stored size. */
function drawn(bitmap: ImageBitmap, { width, height }: PixelSize, gamut: Gamut, orientation = 1): Canvas {
  const isOnSide = orientation > 4;
  const canvas = makeCanvas(isOnSide ? { width: height, height: width } : { width, height }, gamut);
  const { context, size } = canvas;
  context.imageSmoothingQuality = "high";
  // The last step comes first: rows become columns, then what is upside down and what is mirrored is turned over.
  if (orientation & 2) context.transform(-1, 0, 0, 1, size.width, 0);
  if ((orientation - 1) & 2) context.transform(1, 0, 0, -1, 0, size.height);
  if (isOnSide) context.transform(0, 1, 1, 0, 0, 0);
  context.drawImage(bitmap, 0, 0, width, height);
  return canvas;
}

/** A size of the same shape, larger in nothing. */
function scaled({ width, height }: PixelSize, scale: number): PixelSize {
  const side = (length: number): number => Math.max(1, Math.floor(length * Math.min(1, scale)));
  return { width: side(width), height: side(height) };
}

interface Coded {
  readonly made: "jpeg" | "png";
  readonly coded: Bytes;
}

async function code(
  format: FormatName,
  most: number,
  canvas: Canvas,
  shrunk: boolean,
  signal: AbortSignal,
): Promise<Coded | undefined> {
  const sample = sampled(canvas);
  const photo = looksLikePhoto(sample);
  const seeThrough = format !== "jpeg" && isSeeThrough(canvas);
  if (!shrunk && format !== "bmp") {
    // A canvas keeps see-through colours only roughly, and other programs pack drawings better than browsers do.
    if (seeThrough || (format !== "jpeg" && !photo)) return undefined;
  }
  const asPng = photo || format === "jpeg" ? undefined : await encode(canvas, "png");
  const asJpeg =
    seeThrough || (!photo && !shrunk && format !== "jpeg")
      ? undefined
      : await codeJpeg(canvas, sample, photo, most, signal);
  if (asJpeg && (!asPng || asJpeg.coded.length < asPng.length)) return asJpeg;
  return asPng && { made: "png", coded: asPng };
}

async function codeJpeg(
  canvas: Canvas,
  sample: Canvas,
  photo: boolean,
  most: number,
  signal: AbortSignal,
): Promise<Coded | undefined> {
  const { width, height } = canvas.size;
  const demand = demandOf(photo ? "photo" : "drawing", Math.min(width, height));
  const chosen = await chooseQuality(sample, demand, signal);
  // Coding the whole takes long; the sample tells beforehand whether it can pay.
  if (!chosen || chosen.bytesPerPixel * width * height > most * 1.1) return undefined;
  signal.throwIfAborted();
  return { made: "jpeg", coded: await encode(canvas, "jpeg", chosen.quality) };
}

/** Whether the copy, decoded again, is the picture that went in: a canvas too large for a device stays empty, silently. */
async function looksTheSame(look: Canvas, coded: Bytes, format: "jpeg" | "png"): Promise<boolean> {
  const bitmap = await decode(format, coded);
  const copy = drawn(bitmap, look.size, look.gamut);
  bitmap.close();
  return similarity(lumaOf(look, 1), lumaOf(copy, 1)) >= LOOK_LIKENESS;
}
