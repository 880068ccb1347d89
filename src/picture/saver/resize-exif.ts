import { uint16Bytes, uint32Bytes, type Bytes } from "../content/bytes";
import type { PixelSize } from "../content/picture";
import { entryOf, readTiff, TAG, type TiffTable } from "../content/tiff";

/** Makes a copied EXIF block say the size of a picture that now has fewer pixels, where it says one. */
export function resizeExif(block: Bytes, { width, height }: PixelSize): void {
  const tiff = readTiff(block);
  setNumber(tiff?.main, TAG.width, width);
  setNumber(tiff?.main, TAG.height, height);
  setNumber(tiff?.exif, TAG.pixelWidth, width);
  setNumber(tiff?.exif, TAG.pixelHeight, height);
}

/** Writes a number into an entry that is there and has room for it. */
function setNumber(table: TiffTable | undefined, tag: number, value: number): void {
  const entry = entryOf(table, tag);
  if (!table || entry?.count !== 1) return;
  const { bytes, order } = table;
  if (entry.type === 3 && value <= 0xffff) bytes.set(uint16Bytes(value, order), entry.valueAt);
  if (entry.type === 4) bytes.set(uint32Bytes(value, order), entry.valueAt);
}
