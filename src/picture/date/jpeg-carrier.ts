import { textBytes, uint16Bytes } from "../content/bytes";
import { APP0, APP1, EXIF_NAME, jpegSegment, LONGEST_PAYLOAD, readJpegHeader } from "../content/jpeg";
import type { Carrier } from "./carrier";
import { insert, overwrite } from "./edits";

/** EXIF in a JPEG file: a segment before the others, but behind the one that JFIF wants first. */
export const jpegCarrier: Carrier = {
  put(bytes, block) {
    let at = 2;
    for (const segment of readJpegHeader(bytes).segments) {
      if (segment.at !== at || segment.marker !== APP0) break;
      at = segment.end;
    }
    // A block of ours is a few hundred bytes: it always fits.
    return [insert(at, jpegSegment(APP1, textBytes(EXIF_NAME), block))];
  },

  extend(_bytes, found, added, pointer) {
    const length = EXIF_NAME.length + (found.end - found.start) + added.length;
    if (length > LONGEST_PAYLOAD) return undefined;
    return [
      overwrite(found.start - EXIF_NAME.length - 2, uint16Bytes(length + 2)),
      pointer,
      insert(found.end, added),
    ];
  },
};
