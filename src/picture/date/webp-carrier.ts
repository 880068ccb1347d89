import { joined, textBytes, uint32Bytes, type Bytes } from "../content/bytes";
import { readPicture } from "../content/read-picture";
import { FLAG, LOSSLESS, readWebp, type WebpPicture } from "../content/webp";
import type { Carried } from "./carrier";
import { insert, replace, type Edit } from "./edits";

/**
 * EXIF in a WebP file: the chunk `EXIF` behind the picture, and a flag in the extended header, which is made where the
 * file has none (RFC 9649, section 2.7).
 */
export function webpCarrier(bytes: Bytes, block: Bytes): Carried | undefined {
  const chunks = readWebp(bytes);
  const { declaredEnd, end } = chunks;
  const flagged = flagEdit(bytes, chunks);
  if (!flagged) return undefined;
  const pad = new Uint8Array(end % 2);
  return {
    at: end,
    part: joined([pad, webpChunk("EXIF", block), new Uint8Array(block.length % 2)]),
    blockAt: 8,
    around(grown) {
      const size = Math.max(declaredEnd, end) + grown + flagged.inserted.length - flagged.removed - 8;
      return [replace(4, 8, uint32Bytes(size, "little")), flagged];
    },
  };
}

/** A chunk of one's own, without the byte that an odd one ends with. */
function webpChunk(name: string, data: Bytes): Bytes {
  return joined([textBytes(name), uint32Bytes(data.length, "little"), data]);
}

/** Makes the extended header say that there is EXIF: a flag to set, or the header to make. */
function flagEdit(bytes: Bytes, { extended, image }: WebpPicture): Edit | undefined {
  if (extended) {
    if (extended.start !== 20) return undefined;
    const flags = bytes[extended.start] ?? 0;
    return replace(extended.start, extended.start + 1, Uint8Array.of(flags | FLAG.exif));
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
  return insert(12, webpChunk("VP8X", header));
}
