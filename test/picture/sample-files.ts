import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { crc32 } from "../../src/picture/content/crc32";

export interface SampleFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** A little picture with some of everything: flat parts, slopes and noise. */
export function drawn(width = 48, height = 32): sharp.Sharp {
  const pixels = Buffer.alloc(width * height * 3);
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = at % 97 < 40 ? 200 : (at * at * 31 + at) % 256;
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/** A bitmap, which our oracle does not write. */
export function bitmap(width: number, height: number): Buffer {
  const row = Math.ceil((width * 3) / 4) * 4;
  const bytes = Buffer.alloc(54 + row * height, 0x7f);
  bytes.write("BM", 0, "latin1");
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(0, 6);
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  bytes.fill(0, 30, 54);
  return bytes;
}

/** A box of the MP4 family. */
export function box(name: string, ...content: readonly (Buffer | string)[]): Buffer {
  const inside = Buffer.concat(content.map((part) => Buffer.from(part as string, "latin1")));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + inside.length);
  head.write(name, 4, "latin1");
  return Buffer.concat([head, inside]);
}

/** A JPEG with one segment more, right behind its start. */
export async function jpegWith(marker: number, payload: string): Promise<Buffer> {
  const jpeg = await drawn().jpeg().toBuffer();
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(payload.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, Buffer.from(payload, "latin1"), jpeg.subarray(2)]);
}

/** A PNG with one chunk more, right behind its header. */
export async function pngWith(name: string, data: Buffer): Promise<Buffer> {
  const png = await drawn().png().toBuffer();
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length);
  chunk.write(name, 4, "latin1");
  data.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length);
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
}

/** An EXIF block with a maker and no date. */
export const MAKER_ONLY = { IFD0: { Make: "Vault", Model: "Sample" } };

/** Small files of every type that we write, made for the test. */
export async function madeFiles(): Promise<readonly SampleFile[]> {
  const clear = sharp({
    create: { width: 40, height: 30, channels: 4, background: { r: 9, g: 90, b: 200, alpha: 0.5 } },
  });
  const made: readonly (readonly [string, sharp.Sharp])[] = [
    ["plain.jpg", drawn().jpeg()],
    ["progressive.jpg", drawn().jpeg({ progressive: true })],
    ["maker.jpg", drawn().withExif(MAKER_ONLY).jpeg()],
    ["plain.png", drawn().png()],
    ["maker.png", drawn().withExif(MAKER_ONLY).png()],
    ["plain.webp", drawn().webp()],
    ["odd.webp", drawn(33, 17).webp({ quality: 30 })],
    ["lossless.webp", drawn().webp({ lossless: true })],
    ["clear.webp", clear.clone().webp()],
    ["clear-lossless.webp", clear.clone().webp({ lossless: true })],
    ["maker.webp", drawn().withExif(MAKER_ONLY).webp()],
    ["plain.gif", drawn().gif()],
    ["plain.avif", drawn().avif()],
    ["plain.tiff", drawn().tiff()],
  ];
  const files = await Promise.all(
    made.map(async ([name, picture]) => ({ name, bytes: await picture.toBuffer() })),
  );
  return [...files, { name: "plain.bmp", bytes: bitmap(48, 32) }];
}

const PICTURE = /\.(?:avif|bmp|gif|heic|ico|jpe?g|png|svg|tiff?|webp)$/i;

/** Every picture file under a folder. */
export async function filesUnder(folder: string): Promise<readonly SampleFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && PICTURE.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  return Promise.all(
    paths.map(async (file) => ({ name: path.relative(folder, file), bytes: await readFile(file) })),
  );
}

/** The pictures of our own sample vault. */
export function vaultFiles(): Promise<readonly SampleFile[]> {
  return filesUnder(fileURLToPath(new URL("../vault", import.meta.url)));
}

/** Folder of real test data; where it is not set, tests that need it say so and are skipped. */
export const TEST_DATA = process.env["TEST_DATA"];
if (TEST_DATA === undefined) console.log("skipped: tests over real photos (TEST_DATA is not set)");

/** The real photos and the pictures of the real vault. */
export async function realFiles(testData: string): Promise<readonly SampleFile[]> {
  const folders = await Promise.all([
    filesUnder(path.join(testData, "photos")),
    filesUnder(path.join(testData, "vaults/help")),
  ]);
  return folders.flat();
}
