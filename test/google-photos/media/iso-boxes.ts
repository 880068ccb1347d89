export interface Box {
  type: string;
  /** Where the box's content begins and where the box ends. */
  start: number;
  end: number;
}

/** The boxes of an ISO base media file (HEIC, AVIF, MP4, MOV) between two offsets; undefined where torn. */
export function boxes(bytes: Buffer, from: number, to: number): Box[] | undefined {
  const found: Box[] = [];
  for (let at = from; at < to;) {
    if (at + 8 > to) return undefined;
    let size = bytes.readUInt32BE(at);
    let start = at + 8;
    if (size === 1) {
      if (at + 16 > to) return undefined;
      size = Number(bytes.readBigUInt64BE(at + 8));
      start = at + 16;
    } else if (size === 0) size = to - at;
    if (size < start - at || at + size > to) return undefined;
    found.push({ type: bytes.toString("latin1", at + 4, at + 8), start, end: at + size });
    at += size;
  }
  return found;
}

const numberAt = (bytes: Buffer, at: number, width: number): number =>
  width === 0 ? 0 : width === 8 ? Number(bytes.readBigUInt64BE(at)) : bytes.readUIntBE(at, width);

/** The id of the item that holds EXIF, from the item information box. */
function exifItem(bytes: Buffer, iinf: Box): number | undefined {
  const wide = bytes.readUInt8(iinf.start) > 0;
  for (const box of boxes(bytes, iinf.start + (wide ? 8 : 6), iinf.end) ?? []) {
    if (box.type !== "infe") continue;
    const version = bytes.readUInt8(box.start);
    const idWidth = version === 3 ? 4 : 2;
    const typeAt = box.start + 4 + idWidth + 2;
    if (version >= 2 && bytes.toString("latin1", typeAt, typeAt + 4) === "Exif") {
      return bytes.readUIntBE(box.start + 4, idWidth);
    }
  }
  return undefined;
}

/** Where an item lies in the file, from the item location box; its first extent only. */
function itemPlace(bytes: Buffer, iloc: Box, item: number): { start: number; length: number } | undefined {
  const version = bytes.readUInt8(iloc.start);
  const widths = bytes.readUInt16BE(iloc.start + 4);
  const [offsetWidth, lengthWidth, baseWidth] = [(widths >> 12) & 15, (widths >> 8) & 15, (widths >> 4) & 15];
  const indexWidth = version > 0 ? widths & 15 : 0;
  const idWidth = version === 2 ? 4 : 2;
  let at = iloc.start + 6;
  const items = bytes.readUIntBE(at, idWidth);
  at += idWidth;
  for (let n = 0; n < items; n += 1) {
    const id = bytes.readUIntBE(at, idWidth);
    at += idWidth + (version > 0 ? 2 : 0) + 2;
    const base = numberAt(bytes, at, baseWidth);
    at += baseWidth;
    const extents = bytes.readUInt16BE(at);
    at += 2;
    if (id === item && extents > 0) {
      const start = base + numberAt(bytes, at + indexWidth, offsetWidth);
      return { start, length: numberAt(bytes, at + indexWidth + offsetWidth, lengthWidth) };
    }
    at += extents * (indexWidth + offsetWidth + lengthWidth);
  }
  return undefined;
}

/** Where the TIFF block of a HEIC or AVIF file lies; undefined where it has none. */
export function isoExif(bytes: Buffer): { start: number; length: number } | undefined {
  try {
    const meta = boxes(bytes, 0, bytes.length)?.find((box) => box.type === "meta");
    if (meta === undefined) return undefined;
    const inner = boxes(bytes, meta.start + 4, meta.end) ?? [];
    const iinf = inner.find((box) => box.type === "iinf");
    const iloc = inner.find((box) => box.type === "iloc");
    const item = iinf === undefined ? undefined : exifItem(bytes, iinf);
    const place = iloc === undefined || item === undefined ? undefined : itemPlace(bytes, iloc, item);
    if (place === undefined || place.start + place.length > bytes.length || place.length < 12)
      return undefined;
    const skip = 4 + bytes.readUInt32BE(place.start);
    return { start: place.start + skip, length: place.length - skip };
  } catch (error) {
    // An offset beyond the end: the file is torn, so it has no EXIF that can be read.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
