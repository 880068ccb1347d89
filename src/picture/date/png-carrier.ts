import { joined, textBytes, uint32Bytes } from "../content/bytes";
import { crc32 } from "../content/crc32";
import { pngChunk, readPng } from "../content/png";
import type { Carrier } from "./carrier";
import { insert, overwrite } from "./edits";

/** EXIF in a PNG file: the chunk `eXIf`, before the picture's data, where every reader looks for it. */
export const pngCarrier: Carrier = {
  put(bytes, block) {
    const { header } = readPng(bytes);
    if (!header) return undefined;
    return [insert(header.end + 4, pngChunk("eXIf", block))];
  },

  extend(bytes, added, pointer) {
    const chunk = readPng(bytes).exif;
    // A last chunk may lack its check sum; there is no place for ours then.
    if (!chunk || chunk.end + 4 > bytes.length) return undefined;
    const length = chunk.end - chunk.start + added.length;
    const sum = crc32(
      textBytes("eXIf"),
      bytes.subarray(chunk.start, pointer.at),
      pointer.inserted,
      bytes.subarray(pointer.at + pointer.removed, chunk.end),
      added,
    );
    return [
      overwrite(chunk.start - 8, uint32Bytes(length)),
      pointer,
      { at: chunk.end, removed: 4, inserted: joined([added, uint32Bytes(sum)]) },
    ];
  },
};
