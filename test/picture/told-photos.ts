import sharp from "sharp";
import { makePhoto } from "../vault-maker/photos";

/** Made once for each size: drawing one takes longer than all that is tried with it. */
const photos = new Map<string, Promise<Buffer>>();

export function photo(width: number, height: number): Promise<Buffer> {
  const size = `${String(width)} × ${String(height)}`;
  const known = photos.get(size) ?? makePhoto({ width, height, seed: 5, kind: "photo", format: "jpg" });
  photos.set(size, known);
  return known;
}

/** A photo with tags of every kind: camera, exposure, position, offsets, maker's own, XMP. */
export async function toldPhoto(format: "jpeg" | "png" | "webp", orientation: number): Promise<Buffer> {
  const picture = sharp(await photo(2100, 1400))
    .withMetadata({ orientation })
    .withExif({
      IFD0: {
        Make: "Vault",
        Model: "Sample",
        Software: "x",
        Copyright: "somebody",
        Orientation: String(orientation),
      },
      IFD2: {
        DateTimeOriginal: "2022:06:11 18:45:12",
        OffsetTimeOriginal: "+02:00",
        FNumber: "28/10",
        ISOSpeedRatings: "200",
        LensModel: "a lens",
        UserComment: "hello",
        PixelXDimension: "2100",
        PixelYDimension: "1400",
      },
      IFD3: {
        GPSLatitudeRef: "N",
        GPSLatitude: "52/1 31/1 12/1",
        GPSLongitudeRef: "E",
        GPSLongitude: "13/1 24/1 36/1",
      },
    })
    .withXmp(
      `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
        xmlns:tiff="http://ns.adobe.com/tiff/1.0/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
        tiff:Orientation="${String(orientation)}" xmp:Rating="4" dc:format="image/jpeg"/></rdf:RDF></x:xmpmeta>`,
    );
  switch (format) {
    case "jpeg":
      return picture.jpeg({ quality: 95 }).toBuffer();
    case "png":
      return picture.png().toBuffer();
    case "webp":
      return picture.webp({ quality: 100 }).toBuffer();
  }
}
