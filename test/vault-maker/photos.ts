import sharp from "sharp";
import { anything, type Scene } from "./photo-scenes.js";
import { SeededRandom } from "./random.js";
import { blank, type Raster, sensor } from "./raster.js";
import { screenWindow } from "./screen-scenes.js";

export type PictureFormat = "jpg" | "png" | "webp" | "avif" | "tiff";

/** What a camera writes beside the picture. */
export interface CameraNotes {
  /** Local time as Exif writes it: `2022:06:11 18:45:12`. */
  taken?: string;
  /** How far the clock was from UTC: `+02:00`. */
  offset?: string;
  /** 1 to 8; 6 says that the picture must be turned a quarter to the right to stand upright. */
  orientation?: number;
}

export interface PhotoOrder {
  /** In pixels. */
  width: number;
  /** In pixels. */
  height: number;
  /** The same seed gives the same picture. */
  seed: number;
  kind: "photo" | "screenshot";
  format: PictureFormat;
  /** Left out: the file holds no metadata. */
  camera?: CameraNotes;
}

/**
 * Makes a picture as a camera or a screen would: a drawn scene with noise in every pixel, or flat areas and text.
 * A photo as `jpg` takes what cameras take, 0.3 to 0.6 MB a megapixel.
 *
 * @returns the file's bytes; the same order gives the same bytes with the same version of the encoder
 */
export function makePhoto({ width, height, seed, kind, format, camera }: PhotoOrder): Promise<Buffer> {
  const [scene, noise] = kind === "photo" ? [anything, 11] : [screenWindow, 0];
  return encode(draw(scene, { width, height, seed, noise }), format, camera);
}

export interface Frame {
  /** In pixels. */
  width: number;
  /** In pixels. */
  height: number;
  seed: number;
  /** How strong the sensor's noise is, in steps of 256; 0 where no sensor is meant to have seen it. */
  noise: number;
}

/** Draws a scene. */
export function draw(scene: Scene, { width, height, seed, noise }: Frame): Raster {
  const random = new SeededRandom(seed);
  const raster = blank(width, height);
  scene(raster, random);
  if (noise > 0) sensor(raster, noise, random);
  return raster;
}

/** Encodes a raster at the quality that cameras and screenshot programs use. */
export function encode(
  raster: Raster,
  format: PictureFormat,
  camera?: CameraNotes,
  quality = 90,
): Promise<Buffer> {
  const picture = withCamera(sharp(raster.pixels, { raw: { ...sizeOf(raster), channels: 3 } }), camera);
  switch (format) {
    case "jpg":
      return picture.jpeg({ quality }).toBuffer();
    case "png":
      return picture.png({ compressionLevel: 9 }).toBuffer();
    case "webp":
      return picture.webp({ quality }).toBuffer();
    case "avif":
      return picture.avif({ quality: Math.min(quality, 60) }).toBuffer();
    case "tiff":
      return picture.tiff({ compression: "lzw", predictor: "horizontal" }).toBuffer();
  }
}

/** An animation of rasters of one size, each shown for a fifth of a second. */
export function encodeGif(frames: readonly Raster[]): Promise<Buffer> {
  const [first] = frames;
  if (!first) throw new Error("An animation needs a frame.");
  const film = Buffer.concat(frames.map(({ pixels }) => Buffer.from(pixels)));
  const raw = {
    width: first.width,
    height: first.height * frames.length,
    channels: 3,
    pageHeight: first.height,
  } as const;
  return sharp(film, { raw })
    .gif({ delay: frames.map(() => 200), loop: 0, colours: 64, dither: 0 })
    .toBuffer();
}

function sizeOf({ width, height }: Raster): { width: number; height: number } {
  return { width, height };
}

function withCamera(picture: sharp.Sharp, camera: CameraNotes | undefined): sharp.Sharp {
  if (!camera) return picture;
  const { taken, offset, orientation } = camera;
  return picture.withMetadata(orientation ? { orientation } : {}).withExif({
    IFD0: { Make: "Vault", Model: "Sample camera" },
    IFD2: {
      ...(taken && { DateTimeOriginal: taken, DateTimeDigitized: taken }),
      ...(offset && { OffsetTimeOriginal: offset }),
    },
  });
}
