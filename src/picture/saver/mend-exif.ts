import { uint16Bytes, uint32Bytes, type Bytes } from "../content/bytes";
import type { PixelSize } from "../content/size";
import { entryOf, readTable, readTiff, TAG, type TiffBlock, type TiffTable } from "../content/tiff";

/**
 * A copy of an EXIF block that is right for a picture whose pixels were turned upright and made fewer: orientation and
 * sizes say so, and a thumbnail that now would lie on its side is let go. Everything else is carried over untouched,
 * also what nobody knows. `undefined` where the block is not understood.
 */
export function mendedExif(block: Bytes, size: PixelSize): Bytes | undefined {
  const mended = block.slice();
  const tiff = readTiff(mended);
  if (!tiff) return undefined;
  const turned = setNumber(tiff, tiff.main, TAG.orientation, 1);
  setNumber(tiff, tiff.main, TAG.width, size.width);
  setNumber(tiff, tiff.main, TAG.height, size.height);
  setNumber(tiff, tiff.exif, TAG.pixelWidth, size.width);
  setNumber(tiff, tiff.exif, TAG.pixelHeight, size.height);
  if (turned) unlinkThumbnail(tiff);
  return mended;
}

/** Writes a number into an entry that is there; answers whether that changed it. */
function setNumber(tiff: TiffBlock, table: TiffTable | undefined, tag: number, value: number): boolean {
  const entry = entryOf(table, tag);
  if (!entry || entry.count !== 1) return false;
  const number =
    entry.type === 3 && value <= 0xffff
      ? uint16Bytes(value, tiff.order)
      : entry.type === 4
        ? uint32Bytes(value, tiff.order)
        : undefined;
  if (!number) return false;
  const before = tiff.bytes.subarray(entry.valueAt, entry.valueAt + number.length);
  const changed = number.some((byte, index) => byte !== before[index]);
  tiff.bytes.set(number, entry.valueAt);
  return changed;
}

/** The thumbnail hangs on the link from the first table to the next. */
function unlinkThumbnail({ bytes, order, main }: TiffBlock): void {
  if (main.next === 0 || !readTable(bytes, main.next, order)) return;
  bytes.set(uint32Bytes(0, order), main.at + 2 + 12 * main.entries.length);
}

/** The same for an XMP packet: what it says of orientation and sizes. */
export function mendedPacket(packet: string, size: PixelSize): string {
  const values: readonly (readonly [property: string, value: number])[] = [
    ["tiff:Orientation", 1],
    ["tiff:ImageWidth", size.width],
    ["tiff:ImageLength", size.height],
    ["exif:PixelXDimension", size.width],
    ["exif:PixelYDimension", size.height],
  ];
  return values.reduce(
    (text, [property, value]) =>
      text.replaceAll(new RegExp(`(${property}\\s*(?:=\\s*["']|>\\s*))\\d+`, "g"), `$1${value}`),
    packet,
  );
}
