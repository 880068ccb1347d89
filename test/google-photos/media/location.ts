import { crc32 } from "node:zlib";
import { exifBlock, jpegSegments } from "./exif-block";
import { Tiff } from "./tiff";

const gpsTag = 0x8825;
const xmpMark = "http://ns.adobe.com/xap/1.0/\0";

/** Takes the GPS directory out of a TIFF block, in place and without moving anything else; false where none is. */
function removeGps(block: Buffer): boolean {
  const tiff = Tiff.open(block);
  const first = tiff?.firstDirectory ?? 0;
  const gps = tiff?.entry(first, gpsTag);
  if (tiff === undefined || gps === undefined) return false;
  const directory = tiff.u32(gps.valueAt);
  const inside = tiff.entries(directory);
  for (const { valueAt, bytes } of inside) block.fill(0, valueAt, Math.min(valueAt + bytes, block.length));
  if (inside.length > 0) block.fill(0, directory, directory + 2 + inside.length * 12 + 4);
  const count = tiff.u16(first);
  const end = first + 2 + count * 12 + 4;
  block.copyWithin(gps.at, gps.at + 12, end);
  block.fill(0, end - 12, end);
  if (tiff.little) block.writeUInt16LE(count - 1, first);
  else block.writeUInt16BE(count - 1, first);
  return true;
}

/** Blanks what an XMP packet says of the place, leaving its length as it is. */
function removeXmpGps(bytes: Buffer): boolean {
  let found = false;
  for (const { marker, start, length } of jpegSegments(bytes)) {
    if (marker !== 0xe1 || bytes.toString("latin1", start, start + xmpMark.length) !== xmpMark) continue;
    const packet = bytes.toString("latin1", start, start + length);
    const blank = packet.replace(/exif:GPS\w+="[^"]*"|<exif:GPS(\w+)>[^<]*<\/exif:GPS\1>/g, (words) =>
      " ".repeat(words.length),
    );
    if (blank === packet) continue;
    bytes.write(blank, start, "latin1");
    found = true;
  }
  return found;
}

/**
 * A photo's bytes without the place it was taken at: what `=d` answers (fact sheet §5). Everything else stays
 * as it is, byte by byte; where there is no place the very same bytes come back.
 */
export function withoutLocation(original: Uint8Array, mimeType: string): Uint8Array {
  const bytes = Buffer.from(original);
  const block = exifBlock(bytes, mimeType);
  const gps = block !== undefined && removeGps(bytes.subarray(block.start, block.start + block.length));
  if (gps && mimeType === "image/png") {
    const sum = crc32(bytes.subarray(block.start - 4, block.start + block.length));
    bytes.writeUInt32BE(sum, block.start + block.length);
  }
  const xmp = mimeType === "image/jpeg" && removeXmpGps(bytes);
  return gps || xmp ? bytes : original;
}
