import { findText, hasText, latin1 } from "../content/bytes";
import type { FormatName } from "../content/formats";
import { APP2, readJpegHeader } from "../content/jpeg";
import { readPng } from "../content/png";
import { readWebp } from "../content/webp";
import type { Gamut } from "./canvas";

const PROFILE_NAME = "ICC_PROFILE\0";

/**
 * The colours a canvas needs so that a picture's are kept. A picture with a colour profile of another name than sRGB gets
 * the wide canvas, which holds all of sRGB too, and the copy says which it has: nothing is lost where the profile was
 * not a wide one.
 */
export function gamutOf(format: FormatName, bytes: Uint8Array): Gamut {
  switch (format) {
    case "jpeg": {
      const profile = readJpegHeader(bytes).segments.find(
        ({ marker, start }) => marker === APP2 && hasText(bytes, start, PROFILE_NAME),
      );
      return profile === undefined ? "srgb" : gamutOfProfile(bytes, profile.start, profile.end);
    }
    case "png": {
      // The profile is packed, but its name stands before it in plain text.
      const { profile } = readPng(bytes);
      if (profile === undefined) return "srgb";
      return /srgb/i.test(latin1(bytes, profile.start, profile.start + 79)) ? "srgb" : "display-p3";
    }
    case "webp": {
      const { profile } = readWebp(bytes);
      return profile === undefined ? "srgb" : gamutOfProfile(bytes, profile.start, profile.end);
    }
    default:
      return "srgb";
  }
}

/** The profile's description, in one of two kinds of text. */
function gamutOfProfile(bytes: Uint8Array, start: number, end: number): Gamut {
  const named = findText(bytes, "sRGB", start, end) >= 0 || findText(bytes, "s\0R\0G\0B", start, end) >= 0;
  return named ? "srgb" : "display-p3";
}
