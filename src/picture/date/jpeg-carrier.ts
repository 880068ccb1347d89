import { textBytes, uint16Bytes } from "../content/bytes";
import { APP1, behindJfif, EXIF_NAME, jpegSegment, LONGEST_PAYLOAD } from "../content/jpeg";
import type { Carrier } from "./carrier";
import { insert, overwrite } from "./edits";

/** EXIF in a JPEG file: a segment before the others. */
export const jpegCarrier: Carrier = {
  put(bytes, block) {
    // A block of ours is a few hundred bytes: it always fits.
    return [insert(behindJfif(bytes), jpegSegment(APP1, textBytes(EXIF_NAME), block))];
  },

  extend(_bytes, added, pointer, found) {
    const length = EXIF_NAME.length + (found.end - found.start) + added.length;
    if (length > LONGEST_PAYLOAD) return undefined;
    return [
      overwrite(found.start - EXIF_NAME.length - 2, uint16Bytes(length + 2)),
      pointer,
      insert(found.end, added),
    ];
  },
};
