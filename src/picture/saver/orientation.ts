import { uint32Bytes, type Bytes } from "../content/bytes";
import { crc32 } from "../content/crc32";
import type { FormatName } from "../content/formats";
import type { PixelSize } from "../content/picture";
import { readPicture } from "../content/read-picture";
import { readPng } from "../content/png";
import { numberOf, TAG } from "../content/tiff";
import { setNumber } from "./mend-exif";

/**
 * For each way that stored pixels are to be turned and mirrored (Exif 2.32, tag 0x0112), where a step to the right and one
 * down in them lead: x and y of each.
 */
const STEPS = {
  1: [1, 0, 0, 1],
  2: [-1, 0, 0, 1],
  3: [-1, 0, 0, -1],
  4: [1, 0, 0, -1],
  5: [0, 1, 1, 0],
  6: [0, 1, -1, 0],
  7: [0, -1, -1, 0],
  8: [0, -1, 1, 0],
} as const;

/** 1 is upright. */
export type Orientation = keyof typeof STEPS;

export interface Upright {
  readonly orientation: Orientation;
  /** The file with an orientation of 1, so that every browser decodes the pixels as they are stored. */
  readonly stored: Bytes;
}

/**
 * Reads how a picture is turned, and takes the turning out of a copy. Browsers differ in which formats' orientation they
 * follow while decoding; done here, it is followed exactly once.
 */
export function withoutTurning(format: FormatName, bytes: Bytes): Upright {
  const orientation = numberOf(readPicture(format, bytes).tiff?.main, TAG.orientation);
  if (!isOrientation(orientation) || orientation === 1) return { orientation: 1, stored: bytes };
  const stored = bytes.slice();
  // A number that is not of the standard's kind turns the picture in no program.
  const wasTurned = setNumber(readPicture(format, stored).tiff?.main, TAG.orientation, 1);
  if (format === "png") mendCheckSum(stored);
  return { orientation: wasTurned ? orientation : 1, stored };
}

function isOrientation(value: number | undefined): value is Orientation {
  return value !== undefined && value in STEPS;
}

function mendCheckSum(png: Bytes): void {
  const { exif } = readPng(png);
  if (exif) png.set(uint32Bytes(crc32(png.subarray(exif.start - 4, exif.end))), exif.end);
}

/** The size a picture has when it stands upright; of that one, the size it is stored in. */
export function uprightSize({ width, height }: PixelSize, orientation: Orientation): PixelSize {
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}

/** The six numbers of the transform that sets stored pixels upright on a canvas of this size. */
export function uprightTransform(
  { width, height }: PixelSize,
  orientation: Orientation,
): readonly [number, number, number, number, number, number] {
  const [rightX, rightY, downX, downY] = STEPS[orientation];
  // What leads to the left or upwards begins at the far side.
  const startX = rightX + downX < 0 ? width : 0;
  const startY = rightY + downY < 0 ? height : 0;
  return [rightX, rightY, downX, downY, startX, startY];
}
