import { textBytes } from "../content/bytes";
import type { FormatName } from "../content/formats";
import { APP1, behindJfif, EXIF_NAME, jpegSegment, LONGEST_PAYLOAD } from "../content/jpeg";
import { pngChunk, readPng } from "../content/png";
import type { Carrier } from "./carrier";
import { webpCarrier } from "./webp-carrier";

/** The formats that carry a date in EXIF. */
export const CARRIERS: Partial<Record<FormatName, Carrier>> = {
  // A segment before the others.
  jpeg(bytes, block) {
    const payload = [textBytes(EXIF_NAME), block];
    if (EXIF_NAME.length + block.length > LONGEST_PAYLOAD) return undefined;
    return { at: behindJfif(bytes), part: jpegSegment(APP1, ...payload), blockAt: 4 + EXIF_NAME.length };
  },

  // A chunk before the picture's data, where every reader looks for it.
  png(bytes, block) {
    const { header } = readPng(bytes);
    return header && { at: header.end + 4, part: pngChunk("eXIf", block), blockAt: 8 };
  },

  webp: webpCarrier,
};
