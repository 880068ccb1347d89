import { createCipheriv, createHash } from "node:crypto";
import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";

/** Bytes that look like chance and are the same for the same name. */
function noise(name: string, length: number): Buffer {
  const key = createHash("sha256").update(name).digest();
  return createCipheriv("aes-128-ctr", key.subarray(0, 16), key.subarray(16)).update(Buffer.alloc(length));
}

/** A number from 0 up to but not including 1, the same for the same name. */
export function chance(name: string): number {
  return noise(name, 4).readUInt32BE(0) / 2 ** 32;
}

const WIDTH = 256;

/** A PNG of that many bytes, give or take a row, as a screenshot is: no date inside. No two names give the same. */
export function screenshot(name: string, size: number): Buffer {
  const row = WIDTH * 3 + 1;
  const height = Math.max(1, Math.round((size - 100) / row));
  const pixels = noise(name, row * height);
  for (let line = 0; line < height; line += 1) pixels[line * row] = 0; // no filter
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8); // 8 bits, RGB
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(pixels, { level: 0 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(data.length, 0);
  whole.set(named, 4);
  whole.writeUInt32BE(crc32(named), named.length + 4);
  return whole;
}

/** Most bytes that one segment of a JPEG holds beside its mark and length. */
const SEGMENT = 65_533;

let base: Promise<Buffer> | undefined;

/** A JPEG of that many bytes, as a camera's photo is: with its date. No two names give the same. */
export async function photo(name: string, size: number): Promise<Buffer> {
  base ??= sharp({ create: { width: 1600, height: 1200, channels: 3, background: "#468" } })
    .jpeg()
    .withExif({ IFD2: { DateTimeOriginal: "2024:05:04 10:11:12" } })
    .toBuffer();
  const whole = await base;
  // Behind the first two bytes and the EXIF block, comments may stand that nobody shows.
  const at = 4 + whole.readUInt16BE(4);
  const filling = noise(name, Math.max(16, size - whole.length));
  const parts: Buffer[] = [whole.subarray(0, at)];
  for (let from = 0; from < filling.length; from += SEGMENT) {
    const part = filling.subarray(from, from + SEGMENT);
    const head = Buffer.from([0xff, 0xfe, 0, 0]);
    head.writeUInt16BE(part.length + 2, 2);
    parts.push(head, part);
  }
  return Buffer.concat([...parts, whole.subarray(at)]);
}
