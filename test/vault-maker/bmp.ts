import type { Raster } from "./raster.js";

const headerLength = 14 + 40;

/** Writes a Windows bitmap, uncompressed, 24 bits a pixel (BITMAPINFOHEADER): sharp reads and writes none. */
export function encodeBmp({ width, height, pixels }: Raster): Buffer {
  const rowLength = Math.ceil((width * 3) / 4) * 4;
  const file = Buffer.alloc(headerLength + rowLength * height);
  file.write("BM", 0, "latin1");
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(headerLength, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26); // planes
  file.writeUInt16LE(24, 28); // bits a pixel
  file.writeUInt32LE(rowLength * height, 34);
  file.writeInt32LE(2835, 38); // 72 dots an inch, in dots a metre
  file.writeInt32LE(2835, 42);
  for (let y = 0; y < height; y++) {
    // Rows go from the bottom up, and colours are blue, green, red.
    const row = headerLength + (height - 1 - y) * rowLength;
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < 3; channel++) {
        file[row + x * 3 + channel] = pixels[(y * width + x) * 3 + 2 - channel] ?? 0;
      }
    }
  }
  return file;
}
