import { describe, expect, it } from "vitest";
import type { FormatName } from "../../src/picture/content/formats";
import { readPicture } from "../../src/picture/content/read-picture";
import { bitmap, box, drawn } from "./sample-files";

const [width, height] = [301, 17];
const picture = () => drawn(width, height);

const numbers = (...values: readonly number[]): Buffer =>
  Buffer.concat(
    values.map((value) => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes;
    }),
  );

/** A HEIC file of tiles, as phones write them: each of its items has a size. */
function tiles(...sizes: readonly (readonly [width: number, height: number])[]): Buffer {
  const properties = sizes.map((size) => box("ispe", numbers(0, ...size)));
  const meta = box("meta", numbers(0), box("iprp", box("ipco", ...properties)));
  return Buffer.concat([box("ftyp", "heic"), meta]);
}

const files: readonly (readonly [string, FormatName, () => Promise<Buffer> | Buffer])[] = [
  ["a JPEG", "jpeg", () => picture().jpeg().toBuffer()],
  ["a PNG", "png", () => picture().png().toBuffer()],
  ["a GIF", "gif", () => picture().gif().toBuffer()],
  ["a lossy WebP", "webp", () => picture().webp().toBuffer()],
  ["a lossless WebP", "webp", () => picture().webp({ lossless: true }).toBuffer()],
  ["a WebP with an extended header", "webp", () => picture().withIccProfile("p3").webp().toBuffer()],
  ["an AVIF", "avif", () => picture().avif().toBuffer()],
  ["a TIFF", "tiff", () => picture().tiff().toBuffer()],
  ["a bitmap", "bmp", () => bitmap(width, height)],
  ["a HEIC of tiles with a thumbnail", "heic", () => tiles([16, 16], [width, height], [40, 2])],
];

describe("the size of a picture", () => {
  it.each(files)("is read from %s", async (_what, format, made) => {
    expect(readPicture(format, await made()).size).toEqual({ width, height });
  });

  it("is that of a bitmap whose rows go from top to bottom, too", () => {
    const bytes = bitmap(width, height);
    bytes.writeInt32LE(-height, 22);
    expect(readPicture("bmp", bytes).size).toEqual({ width, height });
  });

  it("is unknown where the file is cut before it, and of raw formats", async () => {
    for (const [, format, made] of files) {
      expect(readPicture(format, (await made()).subarray(0, 6)).size).toBeUndefined();
    }
    expect(readPicture("heic", tiles()).size).toBeUndefined();
    expect(readPicture("cr3", await picture().png().toBuffer()).size).toBeUndefined();
  });
});
