import { hasText, joined, textBytes, uint16, uint32, uint32Bytes, type Bytes } from "../content/bytes";
import { FLAG, readWebp, type WebpChunks } from "../content/webp";
import type { Carrier } from "./carrier";
import type { Edit } from "./edits";

/**
 * EXIF in a WebP file: the chunk `EXIF` behind the picture, and a flag in the extended header, which is made where the
 * file has none (RFC 9649, section 2.7).
 */
export const webpCarrier: Carrier = {
  put(bytes, block) {
    const chunks = readWebp(bytes);
    const flagged = flagEdits(bytes, chunks);
    if (flagged === undefined) return undefined;
    const at = chunks.end;
    const chunk = joined([
      new Uint8Array(at % 2),
      textBytes("EXIF"),
      uint32Bytes(block.length, "little"),
      block,
      new Uint8Array(block.length % 2),
    ]);
    return sized(chunks, [...flagged, { at, removed: 0, inserted: chunk }]);
  },

  extend(bytes, _found, added, pointer) {
    const chunks = readWebp(bytes);
    const flagged = flagEdits(bytes, chunks);
    if (flagged === undefined || chunks.exif === undefined) return undefined;
    const { start, end } = chunks.exif;
    // An odd chunk has a pad byte behind it, which now comes to lie inside and does what ours was to do.
    const padded = end % 2 === 1 && end < bytes.length;
    const inserted = padded ? added.subarray(1) : added;
    const at = padded ? end + 1 : end;
    const size = end - start + added.length;
    return sized(chunks, [
      ...flagged,
      { at: start - 4, removed: 4, inserted: uint32Bytes(size, "little") },
      pointer,
      { at, removed: 0, inserted },
    ]);
  },
};

/** The edits, and before them the one of the container's size. */
function sized(chunks: WebpChunks, edits: readonly Edit[]): readonly Edit[] {
  const end = Math.max(chunks.declaredEnd, chunks.end) + grown(edits);
  return [{ at: 4, removed: 4, inserted: uint32Bytes(end - 8, "little") }, ...edits];
}

function grown(edits: readonly Edit[]): number {
  return edits.reduce((sum, edit) => sum + edit.inserted.length - edit.removed, 0);
}

/** Makes the extended header say that there is EXIF: nothing to do, a flag to set, or the header to make. */
function flagEdits(bytes: Bytes, { extended, image }: WebpChunks): readonly Edit[] | undefined {
  if (extended !== undefined) {
    if (extended.start !== 20) return undefined;
    const flags = bytes[extended.start] ?? 0;
    return [{ at: extended.start, removed: 1, inserted: Uint8Array.of(flags | FLAG.exif) }];
  }
  const size = image && (image.lossless ? losslessSize(bytes, image.start) : lossySize(bytes, image.start));
  if (size === undefined) return undefined;
  const header = new Uint8Array(10);
  header[0] = FLAG.exif | (size.alpha ? FLAG.alpha : 0);
  header.set(uint32Bytes(size.width - 1, "little").subarray(0, 3), 4);
  header.set(uint32Bytes(size.height - 1, "little").subarray(0, 3), 7);
  return [{ at: 12, removed: 0, inserted: joined([textBytes("VP8X"), uint32Bytes(10, "little"), header]) }];
}

interface CanvasSize {
  readonly width: number;
  readonly height: number;
  readonly alpha: boolean;
}

/** From the key frame's header (RFC 6386, section 9.1). */
function lossySize(bytes: Uint8Array, start: number): CanvasSize | undefined {
  if (!hasText(bytes, start + 3, "\x9d\x01\x2a")) return undefined;
  const width = uint16(bytes, start + 6, "little") & 0x3fff;
  const height = uint16(bytes, start + 8, "little") & 0x3fff;
  return width > 0 && height > 0 ? { width, height, alpha: false } : undefined;
}

/** From the lossless stream's first 40 bits (RFC 9649, section 3.4). */
function losslessSize(bytes: Uint8Array, start: number): CanvasSize | undefined {
  if (bytes[start] !== 0x2f) return undefined;
  const bits = uint32(bytes, start + 1, "little");
  return {
    width: (bits & 0x3fff) + 1,
    height: ((bits >>> 14) & 0x3fff) + 1,
    alpha: ((bits >>> 28) & 1) === 1,
  };
}
