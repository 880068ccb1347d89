import { joined, textBytes, uint16Bytes } from "../content/bytes";
import { APP0, APP1, EXIF_NAME, readJpegHeader } from "../content/jpeg";
import type { Carrier } from "./carrier";

/** What a segment's length, itself included, can say. */
const LONGEST_SEGMENT = 0xffff;

/** EXIF in a JPEG file: a segment before the others, but behind the one that JFIF wants first. */
export const jpegCarrier: Carrier = {
  put(bytes, block) {
    // A block of ours is a few hundred bytes: it always fits.
    const length = 2 + EXIF_NAME.length + block.length;
    let at = 2;
    for (const segment of readJpegHeader(bytes).segments) {
      if (segment.at !== at || segment.marker !== APP0) break;
      at = segment.end;
    }
    const segment = [Uint8Array.of(0xff, APP1), uint16Bytes(length, "big"), textBytes(EXIF_NAME), block];
    return [{ at, removed: 0, inserted: joined(segment) }];
  },

  extend(_bytes, found, added, pointer) {
    const length = 2 + EXIF_NAME.length + (found.end - found.start) + added.length;
    if (length > LONGEST_SEGMENT) return undefined;
    return [
      { at: found.start - EXIF_NAME.length - 2, removed: 2, inserted: uint16Bytes(length, "big") },
      pointer,
      { at: found.end, removed: 0, inserted: added },
    ];
  },
};
