import { createRequire } from "node:module";
import sharp from "sharp";
import type { ImageData, MSSIMMatrix, Options } from "ssim.js/dist/types";

// The package says it is a module and is none; its own types do not know of either.
const { ssim } = createRequire(import.meta.url)("ssim.js") as {
  ssim: (one: ImageData, other: ImageData, options?: Options) => { mssim: number; ssim_map: MSSIMMatrix };
};

/**
 * How alike a sent copy is to the local picture, by an independent measure (ssim.js) against an independent downscale
 * (sharp's Lanczos). Both are set upright first and laid on white.
 */
export async function likeness(local: Uint8Array, sent: Uint8Array): Promise<number> {
  const copy = await pixels(sharp(sent).autoOrient());
  const original = await pixels(
    sharp(local).autoOrient().resize(copy.width, copy.height, { fit: "fill", kernel: "lanczos3" }),
  );
  return ssim(original, copy).mssim;
}

async function pixels(picture: sharp.Sharp): Promise<ImageData> {
  const { data, info } = await picture
    .flatten({ background: "white" })
    .toColourspace("srgb")
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: new Uint8ClampedArray(data), width: info.width, height: info.height };
}
