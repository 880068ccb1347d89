import { uint16Bytes, uint32Bytes, type Bytes } from "../content/bytes";
import type { PixelSize } from "../content/picture";
import { entryOf, numberOf, readTable, readTiff, TAG, type TiffTable } from "../content/tiff";

/**
 * A copy of an EXIF block that is right for a picture whose pixels were turned upright and made fewer: orientation and
 * sizes say so, and a thumbnail that now would lie on its side is let go. Everything else is carried over untouched,
 * also what nobody knows. `undefined` where the block is not understood.
 */
export function mendedExif(block: Bytes, size: PixelSize): Bytes | undefined {
  const mended = block.slice();
  const tiff = readTiff(mended);
  if (!tiff) return undefined;
  const { main, exif } = tiff;
  setNumber(main, TAG.width, size.width);
  setNumber(main, TAG.height, size.height);
  setNumber(exif, TAG.pixelWidth, size.width);
  setNumber(exif, TAG.pixelHeight, size.height);
  if (setNumber(main, TAG.orientation, 1)) unlinkThumbnail(main);
  return mended;
}

/** Writes a number into an entry that is there; answers whether that changed it. */
export function setNumber(table: TiffTable | undefined, tag: number, value: number): boolean {
  const before = numberOf(table, tag);
  const entry = entryOf(table, tag);
  if (!table || entry?.count !== 1 || before === value) return false;
  const { bytes, order } = table;
  if (entry.type === 3 && value <= 0xffff) bytes.set(uint16Bytes(value, order), entry.valueAt);
  else if (entry.type === 4) bytes.set(uint32Bytes(value, order), entry.valueAt);
  else return false;
  return true;
}

/** The thumbnail hangs on the link from the first table to the next. */
function unlinkThumbnail({ bytes, order, at, entries, next }: TiffTable): void {
  if (readTable(bytes, next, order)) bytes.set(uint32Bytes(0, order), at + 2 + 12 * entries.length);
}

/** The same for an XMP packet: what it says of orientation and sizes. */
export function mendedPacket(packet: Bytes, size: PixelSize): Bytes {
  const values: readonly (readonly [property: string, value: number])[] = [
    ["tiff:Orientation", 1],
    ["tiff:ImageWidth", size.width],
    ["tiff:ImageLength", size.height],
    ["exif:PixelXDimension", size.width],
    ["exif:PixelYDimension", size.height],
  ];
  const text = values.reduce(
    (before, [property, value]) =>
      before.replaceAll(new RegExp(`(${property}\\s*(?:=\\s*["']|>\\s*))\\d+`, "g"), `$1${value}`),
    new TextDecoder().decode(packet),
  );
  return new TextEncoder().encode(text);
}
