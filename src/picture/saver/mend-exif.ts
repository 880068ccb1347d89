import { uint16Bytes, uint32Bytes, type Bytes } from "../content/bytes";
import type { PixelSize } from "../content/picture";
import { entryOf, numberOf, readTable, readTiff, TAG, type TiffTable } from "../content/tiff";

/** What is said of a picture's shape: its name in XMP, whose first part is the table's in EXIF, the tag there, the value. */
const shapeOf = ({
  width,
  height,
}: PixelSize): readonly (readonly [property: string, tag: number, value: number])[] => [
  ["tiff:ImageWidth", TAG.width, width],
  ["tiff:ImageLength", TAG.height, height],
  ["exif:PixelXDimension", TAG.pixelWidth, width],
  ["exif:PixelYDimension", TAG.pixelHeight, height],
  ["tiff:Orientation", TAG.orientation, 1],
];

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
  for (const [property, tag, value] of shapeOf(size)) {
    const wasOther = setNumber(property.startsWith("exif") ? exif : main, tag, value);
    if (wasOther && tag === TAG.orientation) unlinkThumbnail(main);
  }
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
  const text = shapeOf(size).reduce(
    (before, [property, , value]) =>
      before.replaceAll(new RegExp(`(${property}\\s*(?:=\\s*["']|>\\s*))\\d+`, "g"), `$1${value}`),
    new TextDecoder().decode(packet),
  );
  return new TextEncoder().encode(text);
}
