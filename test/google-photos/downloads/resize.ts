/** The box a picture is asked to fit in, in pixels; `crop` cuts it to exactly that. */
export interface Fit {
  width?: number;
  height?: number;
  crop?: boolean;
}

/**
 * A smaller picture, as the service's image server makes them; JPEG, or PNG where it has transparency.
 *
 * @returns undefined where the picture cannot be decoded here (HEIC, RAW), or no decoder is installed
 */
export async function resize(
  bytes: Uint8Array,
  fit: Fit,
): Promise<{ bytes: Uint8Array; mimeType: string } | undefined> {
  const { width, height, crop = false } = fit;
  try {
    const { default: sharp } = await import("sharp");
    const picture = sharp(bytes).rotate();
    const { hasAlpha } = await picture.metadata();
    picture.resize({
      ...(width === undefined ? {} : { width }),
      ...(height === undefined ? {} : { height }),
      fit: crop ? "cover" : "inside",
      withoutEnlargement: !crop,
    });
    const made = hasAlpha ? picture.png() : picture.jpeg({ quality: 85 });
    return { bytes: await made.toBuffer(), mimeType: hasAlpha ? "image/png" : "image/jpeg" };
  } catch {
    // Whatever the decoder stumbles over, the caller has the original to show instead.
    return undefined;
  }
}

/** A JPEG compressed anew to about the size that field reports give: six tenths (fact sheet §5). */
export async function recompress(bytes: Uint8Array, mimeType: string): Promise<Uint8Array> {
  if (mimeType !== "image/jpeg") return bytes;
  const { default: sharp } = await import("sharp");
  return sharp(bytes).keepExif().jpeg({ quality: 70 }).toBuffer();
}
