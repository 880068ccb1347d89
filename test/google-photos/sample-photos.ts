import sharp from "sharp";

interface PhotoOf {
  format: "jpeg" | "png" | "webp" | "avif";
  width?: number;
  /** With a place in its EXIF: 51.5 N, 0.1 W. */
  gps?: boolean;
  /** Detail everywhere, so that it does not compress to nothing. */
  noise?: boolean;
}

/** A photo with the EXIF of a camera: taken on 3 February 2021 at 04:05:06, two hours east of UTC. */
export function photo({ format, width = 40, gps = false, noise = false }: PhotoOf): Promise<Buffer> {
  const height = Math.round((width * 3) / 4);
  const pixels = Buffer.from(
    Array.from(
      { length: width * height * 3 },
      (_, at) => (noise ? (at * 2_654_435_761) >>> 13 : at >> 4) % 256,
    ),
  );
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .withExif({
      IFD0: { Make: "Maker", Model: "Model 1" },
      IFD2: { DateTimeOriginal: "2021:02:03 04:05:06", OffsetTimeOriginal: "+02:00" },
      ...(gps
        ? {
            IFD3: {
              GPSLatitudeRef: "N",
              GPSLatitude: "51/1 30/1 0/1",
              GPSLongitudeRef: "W",
              GPSLongitude: "0/1 6/1 0/1",
            },
          }
        : {}),
    })
    .toFormat(format, format === "avif" ? { effort: 0 } : { quality: 95 })
    .toBuffer();
}
