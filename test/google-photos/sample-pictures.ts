import { crc32, deflateSync } from "node:zlib";

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** A small true PNG, another for each number; `padding` makes it so many bytes longer. */
export function png(n = 0, padding = 0): Buffer {
  const [width, height] = [4, 3];
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.from([0, ...Array.from({ length: width * 3 }, (_, at) => (n * 31 + at * 17) % 256)]);
  const rows = Buffer.concat(Array.from({ length: height }, () => row));
  const text = Buffer.concat([Buffer.from(`Comment\0${n}`, "latin1"), Buffer.alloc(padding, 0x2e)]);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("tEXt", text),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
