import { joined, textBytes, uint32Bytes, type Bytes } from "../content/bytes";
import { readPicture } from "../content/read-picture";
import { FLAG, LOSSLESS, readWebp, type WebpPicture } from "../content/webp";
import type { Carrier } from "./carrier";
import { insert, overwrite, type Edit } from "./edits";

/**
 * EXIF in a WebP file: the chunk `EXIF` behind the picture, and a flag in the extended header, which is made where the
 * file has none (RFC 9649, section 2.7).
 */
export const webpCarrier: Carrier = {
  put(bytes, block) {
    const chunks = readWebp(bytes);
    const flagged = flagEdits(bytes, chunks);
    if (!flagged) return undefined;
    const at = chunks.end;
    const chunk = joined([
      new Uint8Array(at % 2),
      webpChunk("EXIF", block),
      new Uint8Array(block.length % 2),
    ]);
    return sized(chunks, [...flagged, insert(at, chunk)]);
  },

  extend(bytes, added, pointer) {
    const chunks = readWebp(bytes);
    const flagged = flagEdits(bytes, chunks);
    if (!flagged || !chunks.exif) return undefined;
    const { start, end } = chunks.exif;
    // An odd chunk has a pad byte behind it, which now comes to lie inside and does what ours was to do.
    const padded = end % 2 === 1 && end < bytes.length;
    const inserted = padded ? added.subarray(1) : added;
    const at = padded ? end + 1 : end;
    const size = end - start + added.length;
    return sized(chunks, [
      ...flagged,
      overwrite(start - 4, uint32Bytes(size, "little")),
      pointer,
      insert(at, inserted),
    ]);
  },
};

/** A chunk of one's own, without the byte that an odd one ends with. */
function webpChunk(name: string, data: Bytes): Bytes {
  return joined([textBytes(name), uint32Bytes(data.length, "little"), data]);
}

/** The edits, and before them the one of the container's size. */
function sized({ declaredEnd, end }: WebpPicture, edits: readonly Edit[]): readonly Edit[] {
  const grown = edits.reduce((sum, { inserted, removed }) => sum + inserted.length - removed, 0);
  return [overwrite(4, uint32Bytes(Math.max(declaredEnd, end) + grown - 8, "little")), ...edits];
}

/** Makes the extended header say that there is EXIF: nothing to do, a flag to set, or the header to make. */
function flagEdits(bytes: Bytes, { extended, image }: WebpPicture): readonly Edit[] | undefined {
  if (extended) {
    if (extended.start !== 20) return undefined;
    const flags = bytes[extended.start] ?? 0;
    return [overwrite(extended.start, Uint8Array.of(flags | FLAG.exif))];
  }
  const { size } = readPicture("webp", bytes);
  if (!image || !size) return undefined;
  const lossless = image.name === LOSSLESS;
  // A lossless stream begins with a mark, the sizes, and whether anything shows through (RFC 9649, section 3.4).
  if (lossless && bytes[image.start] !== 0x2f) return undefined;
  const isSeeThrough = lossless && ((bytes[image.start + 4] ?? 0) & 0x10) > 0;
  const flags = FLAG.exif | (isSeeThrough ? FLAG.alpha : 0);
  const side = (length: number): Bytes => uint32Bytes(length - 1, "little").subarray(0, 3);
  const header = joined([uint32Bytes(flags, "little"), side(size.width), side(size.height)]);
  return [insert(12, webpChunk("VP8X", header))];
}
