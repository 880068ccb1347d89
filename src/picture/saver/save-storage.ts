import type { Bytes } from "../content/bytes";
import { FORMATS, type FormatName } from "../content/formats";
import type { PixelSize } from "../content/size";
import { decode, makeCanvas, type Canvas, type Gamut } from "./canvas";
import { withMetadata } from "./carry-metadata";
import { chooseQuality, demandOf, lumaOfCanvas } from "./choose-quality";
import { gamutOf } from "./gamut";
import { leaveOrSize, MOST_PIXELS, type LeaveReason } from "./leave";
import { uprightSize, uprightTransform, withoutTurning, type Orientation } from "./orientation";
import { isSeeThrough, looksLikePhoto, sampled } from "./sample";
import { similarity } from "./similarity";

/** A picture made smaller. */
export interface SavedPicture {
  readonly bytes: Bytes;
  readonly format: "jpeg" | "png";
  readonly size: PixelSize;
  /** From 0 to 1; absent for a lossless copy. */
  readonly quality?: number;
}

/** Why nothing was made: by content, or because making it did not work or did not pay here. */
export type LeftReason =
  LeaveReason | "cannot-decode" | "cannot-encode" | "see-through" | "drawing" | "no-gain";

export type Saving = { readonly saved: SavedPicture } | { readonly left: LeftReason };

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
 * @param mostDecoded  pixels that this device can hold at once
 * @throws the signal's reason where it is aborted, and nothing else
 */
export async function saveStorage(
  format: FormatName,
  bytes: Bytes,
  mostDecoded: number,
  signal: AbortSignal,
): Promise<Saving> {
  try {
    const seen = leaveOrSize(format, bytes, mostDecoded);
    return "leave" in seen ? { left: seen.leave } : await madeAnew(format, bytes, seen.size, signal);
  } catch {
    signal.throwIfAborted();
    // Memory is what runs out here, and every host has its own way to say so; the picture then goes as it is.
    return { left: "cannot-decode" };
  }
}

async function madeAnew(
  format: FormatName,
  bytes: Bytes,
  size: PixelSize,
  signal: AbortSignal,
): Promise<Saving> {
  const gamut = gamutOf(format, bytes);
  const drawn = await drawUpright(format, bytes, size, gamut);
  if (!drawn) return { left: "cannot-decode" };
  const { canvas, look } = drawn;
  try {
    signal.throwIfAborted();
    const most = bytes.length * (drawn.shrunk ? 1 : WORTHWHILE);
    const made = await code(format, most, drawn, gamut, signal);
    if ("left" in made) return made;
    const { coded, ...how } = made;
    const told = withMetadata(format, bytes, how.format, coded, canvas.size);
    if (!told) return { left: "metadata" };
    if (told.length > most) return { left: "no-gain" };
    if (!(await looksTheSame(look, coded, how.format, gamut))) return { left: "cannot-encode" };
    return { saved: { ...how, bytes: told, size: canvas.size } };
  } finally {
    canvas.release();
    look.release();
  }
}

interface Drawn {
  readonly canvas: Canvas;
  /** The same picture small, drawn from the decoder's own pixels. */
  readonly look: Canvas;
  readonly shrunk: boolean;
}

async function drawUpright(
  format: FormatName,
  bytes: Bytes,
  stored: PixelSize,
  gamut: Gamut,
): Promise<Drawn | undefined> {
  const { orientation, stored: storedBytes } = withoutTurning(format, bytes);
  const bitmap = await decode(storedBytes, FORMATS[format].type);
  if (!bitmap) return undefined;
  // A size other than the header's: a decoder that turns by itself, or one that gave up memory. Neither is safe.
  const asStored = bitmap.width === stored.width && bitmap.height === stored.height;
  const target = scaled(stored, Math.sqrt(MOST_PIXELS / (stored.width * stored.height)));
  const small = scaled(stored, LOOK_SIDE / Math.min(stored.width, stored.height));
  const canvas = asStored ? draw(bitmap, target, orientation, gamut) : undefined;
  const look = canvas && draw(bitmap, small, orientation, gamut);
  bitmap.close();
  if (!canvas || !look) return undefined;
  return { canvas, look, shrunk: target.width < stored.width };
}

function draw(
  bitmap: ImageBitmap,
  size: PixelSize,
  orientation: Orientation,
  gamut: Gamut,
): Canvas | undefined {
  const canvas = makeCanvas(uprightSize(size, orientation), gamut);
  if (!canvas) return undefined;
  canvas.context.imageSmoothingQuality = "high";
  canvas.context.setTransform(...uprightTransform(size, orientation));
  canvas.context.drawImage(bitmap, 0, 0, size.width, size.height);
  canvas.context.resetTransform();
  return canvas;
}

/** A size of the same shape, larger in nothing. */
function scaled({ width, height }: PixelSize, scale: number): PixelSize {
  const side = (length: number): number => Math.max(1, Math.floor(length * Math.min(1, scale)));
  return { width: side(width), height: side(height) };
}

type Coded =
  | { readonly format: "jpeg" | "png"; readonly coded: Bytes; readonly quality?: number }
  | { readonly left: LeftReason };

async function code(
  format: FormatName,
  most: number,
  { canvas, shrunk }: Drawn,
  gamut: Gamut,
  signal: AbortSignal,
): Promise<Coded> {
  const sample = sampled(canvas, gamut);
  try {
    const photo = looksLikePhoto(sample ?? canvas);
    const seeThrough = format !== "jpeg" && isSeeThrough(canvas);
    if (!shrunk && format !== "bmp") {
      // A canvas keeps see-through colours only roughly, and other programs pack drawings better than browsers do.
      if (seeThrough) return { left: "see-through" };
      if (format !== "jpeg" && !photo) return { left: "drawing" };
    }
    const asPng = photo || format === "jpeg" ? undefined : await canvas.encode("image/png");
    const asJpeg =
      seeThrough || (!photo && !shrunk && format !== "jpeg")
        ? undefined
        : await codeJpeg(canvas, sample ?? canvas, gamut, photo, most, signal);
    if (asJpeg && (!asPng || asJpeg.coded.length < asPng.length)) return asJpeg;
    if (asPng) return { format: "png", coded: asPng };
    return { left: "no-gain" };
  } finally {
    sample?.release();
  }
}

async function codeJpeg(
  canvas: Canvas,
  sample: Canvas,
  gamut: Gamut,
  photo: boolean,
  most: number,
  signal: AbortSignal,
): Promise<{ readonly format: "jpeg"; readonly coded: Bytes; readonly quality: number } | undefined> {
  const { width, height } = canvas.size;
  const demand = demandOf(photo ? "photo" : "drawing", Math.min(width, height));
  const chosen = await chooseQuality(sample, gamut, demand, signal);
  // Coding the whole takes long; the sample tells beforehand whether it can pay.
  if (!chosen || chosen.bytesPerPixel * width * height > most * 1.1) return undefined;
  signal.throwIfAborted();
  const coded = await canvas.encode("image/jpeg", chosen.quality);
  return coded && { format: "jpeg", coded, quality: chosen.quality };
}

/** Whether the copy, decoded again, is the picture that went in: a canvas too large for a device stays empty, silently. */
async function looksTheSame(
  look: Canvas,
  coded: Bytes,
  format: "jpeg" | "png",
  gamut: Gamut,
): Promise<boolean> {
  const bitmap = await decode(coded, FORMATS[format].type);
  const canvas = bitmap && draw(bitmap, look.size, 1, gamut);
  bitmap?.close();
  if (!canvas) return false;
  const likeness = similarity(lumaOfCanvas(look, 1), lumaOfCanvas(canvas, 1));
  canvas.release();
  return likeness >= LOOK_LIKENESS;
}
