import { findText, latin1 } from "../content/bytes";
import type { FormatName } from "../content/formats";
import { APP2, readJpegHeader, segmentNamed } from "../content/jpeg";
import type { Stretch } from "../content/metadata";
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
    case "jpeg":
      return gamutOfProfile(bytes, segmentNamed(bytes, readJpegHeader(bytes), APP2, PROFILE_NAME));
    case "png": {
      // The profile is packed, but its name stands before it in plain text.
      const { profile } = readPng(bytes);
      if (!profile) return "srgb";
      return /srgb/i.test(latin1(bytes, profile.start, profile.start + 79)) ? "srgb" : "display-p3";
    }
    case "webp":
      return gamutOfProfile(bytes, readWebp(bytes).profile);
    default:
      return "srgb";
  }
}

/** The profile's description, in one of two kinds of text. */
function gamutOfProfile(bytes: Uint8Array, profile: Stretch | undefined): Gamut {
  const isNamed = (name: string): boolean =>
    profile !== undefined && findText(bytes, name, profile.start, profile.end) >= 0;
  return !profile || isNamed("sRGB") || isNamed("s\0R\0G\0B") ? "srgb" : "display-p3";
}
