import exifr from "exifr";
import sharp from "sharp";
import { expect, it } from "vitest";
import { orientationOf } from "../../src/picture/saver/canvas";
import { withMetadata } from "../../src/picture/saver/carry-metadata";
import { drawn } from "./sample-files";

const xmpOf = (description: string): string =>
  `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
    xmlns:tiff="http://ns.adobe.com/tiff/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/" ${description}</rdf:Description></rdf:RDF></x:xmpmeta>`;

it.each(["jpeg", "png", "webp"] as const)(
  "an upright copy of fewer pixels says so, and keeps what else is told: %s",
  async (format) => {
    const told = drawn(64, 48)
      .withMetadata({ orientation: 6 })
      .withExif({
        IFD0: { Orientation: "6", Copyright: "somebody" },
        IFD2: { PixelXDimension: "64", PixelYDimension: "48" },
      })
      .withXmp(
        xmpOf(
          `tiff:Orientation="6" dc:format="Größe">
             <tiff:ImageWidth>64</tiff:ImageWidth><exif:PixelXDimension> 64 </exif:PixelXDimension>
             <tiff:ImageLength></tiff:ImageLength>
             <tiff:Make>6</tiff:Make>`,
        ),
      );
    const local = new Uint8Array(await told.toFormat(format).toBuffer());
    const coded = new Uint8Array(await drawn(24, 32).jpeg().toBuffer());
    const copy = withMetadata(format, local, "jpeg", coded, { width: 24, height: 32 });
    const tags: unknown = await exifr.parse(Buffer.from(copy ?? []), { translateValues: false });
    expect(tags).toMatchObject({
      ExifImageWidth: 24,
      ExifImageHeight: 32,
      Orientation: 1,
      Copyright: "somebody",
    });
    const { xmp } = await sharp(copy).metadata();
    expect(xmp?.toString()).toContain('dc:format="Größe"');
    expect(xmp?.toString()).toContain("<tiff:Make>6</tiff:Make>");
    expect(xmp?.toString()).not.toMatch(/Orientation|ImageWidth|PixelXDimension|>\s*64/);
    expect(xmp?.toString()).toContain("<tiff:ImageLength></tiff:ImageLength>");
  },
);

it("keeps an orientation that XMP alone tells, by which nothing is turned", async () => {
  const told = drawn(64, 48).withXmp(xmpOf(`tiff:Orientation="6" tiff:ImageWidth="64">`));
  const local = new Uint8Array(await told.jpeg().toBuffer());
  expect(orientationOf("jpeg", local)).toBe(1);
  const coded = new Uint8Array(await drawn(32, 24).jpeg().toBuffer());
  const copy = withMetadata("jpeg", local, "jpeg", coded, { width: 32, height: 24 });
  const { xmp } = await sharp(copy).metadata();
  expect(xmp?.toString()).toContain('tiff:Orientation="6"');
  expect(xmp?.toString()).not.toContain("ImageWidth");
});

it("turns nothing by an orientation that the copy could not be told to have lost", async () => {
  const plain = await drawn(64, 48).withMetadata({ orientation: 6 }).jpeg().toBuffer();
  const entry = plain.indexOf(Buffer.from([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6]));
  const local = entry < 0 ? plain.indexOf(Buffer.from([0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0])) : entry;
  expect(local).toBeGreaterThan(0);
  expect(orientationOf("jpeg", new Uint8Array(plain))).toBe(6);
  // Two numbers in place of one.
  plain[entry < 0 ? local + 4 : local + 7] = 2;
  expect(orientationOf("jpeg", new Uint8Array(plain))).toBe(1);
});

it("lets the thumbnail go, which would lie on its side", async () => {
  const thumbnail = await drawn(16, 12).jpeg().toBuffer();
  const block = Buffer.alloc(80);
  block.write("II*\0\x08\0\0\0", "latin1");
  const table = (at: number, entries: readonly (readonly [number, number, number])[], next: number) => {
    block.writeUInt16LE(entries.length, at);
    for (const [index, [tag, type, value]] of entries.entries()) {
      const entry = at + 2 + 12 * index;
      block.writeUInt16LE(tag, entry);
      block.writeUInt16LE(type, entry + 2);
      block.writeUInt32LE(1, entry + 4);
      block.writeUInt32LE(value, entry + 8);
    }
    block.writeUInt32LE(next, at + 2 + 12 * entries.length);
  };
  table(8, [[0x0112, 3, 6]], 26);
  const entries = [
    [0x0201, 4, 80],
    [0x0202, 4, thumbnail.length],
  ] as const;
  table(26, entries, 0);
  const payload = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), block, thumbnail]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(payload.length + 2, 2);
  const plain = await drawn(64, 48).jpeg().toBuffer();
  const local = Buffer.concat([plain.subarray(0, 2), head, payload, plain.subarray(2)]);
  expect((await exifr.thumbnail(local))?.length).toBe(thumbnail.length);

  const size = { width: 48, height: 64 };
  const coded = new Uint8Array(await drawn(48, 64).jpeg().toBuffer());
  const copy = Buffer.from(withMetadata("jpeg", new Uint8Array(local), "jpeg", coded, size) ?? []);
  expect(await exifr.orientation(copy)).toBe(1);
  expect(await exifr.thumbnail(copy)).toBeUndefined();
});
