import { textBytes, uint16Bytes, uint32Bytes, type Bytes } from "../content/bytes";
import type { PixelSize } from "../content/picture";
import { entryOf, holdsNumber, readTable, readTiff, TAG, type TiffTable } from "../content/tiff";

/**
 * Makes an EXIF block right for a picture whose pixels stand upright and may be fewer, and lets the thumbnail go, which
 * would lie on its side. All else stays untouched, also what nobody knows.
 */
export function mendExif(block: Bytes, { width, height }: PixelSize): Bytes {
  const { main, exif } = readTiff(block) ?? {};
  setNumber(main, TAG.orientation, 1);
  setNumber(main, TAG.width, width);
  setNumber(main, TAG.height, height);
  setNumber(exif, TAG.pixelWidth, width);
  setNumber(exif, TAG.pixelHeight, height);
  if (main && readTable(block, main.next, main.order)) {
    // The thumbnail hangs on the link from the first table to the next.
    const link = main.at + 2 + 12 * main.entries.length;
    block.fill(0, link, link + 4);
  }
  return block;
}

/** Writes a number into an entry that holds one, and has room for it. */
function setNumber(table: TiffTable | undefined, tag: number, value: number): void {
  const entry = entryOf(table, tag);
  if (!table || !holdsNumber(entry)) return;
  const { bytes, order } = table;
  if (entry.type === 3 && value <= 0xffff) bytes.set(uint16Bytes(value, order), entry.valueAt);
  if (entry.type === 4) bytes.set(uint32Bytes(value, order), entry.valueAt);
}

/** What an XMP packet says of the picture's shape, as an attribute or as an element. */
const SHAPE =
  /<?(?:tiff:(?:Orientation|Image(?:Width|Length))|exif:Pixel[XY]Dimension)\s*(?:=\s*["']\d+["']|>\s*\d+\s*<[^>]+>)/g;

/**
 * An XMP packet that leaves it to the copy itself what shape it has.
 *
 * @param isTold  EXIF tells how the pixels are turned, and was mended; else nothing was turned, and what XMP says stays true
 */
export function withoutShape(packet: Bytes, isTold: boolean): Bytes {
  // By each byte's number: a decoder's "latin1" has other characters for 0x80 to 0x9f, which would not come back.
  const text = Array.from(packet, (byte) => String.fromCharCode(byte)).join("");
  return textBytes(text.replace(SHAPE, (said) => (isTold || !said.includes("Orient") ? "" : said)));
}
