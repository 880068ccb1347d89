import { latin1 } from "../content/bytes";
import type { FormatName } from "../content/formats";
import { readPicture } from "../content/read-picture";
import type { Gamut } from "./canvas";

/**
 * The colours a canvas needs so that a picture's are kept. A picture with a colour profile of another name than sRGB gets
 * the wide canvas, which holds all of sRGB too, and the copy says which it has: nothing is lost where the profile was
 * not a wide one.
 */
export function gamutOf(format: FormatName, bytes: Uint8Array): Gamut {
  const { profile } = readPicture(format, bytes);
  // Profiles have their name in one of two kinds of text.
  const isWide = profile && !/s\0?R\0?G\0?B/i.test(latin1(bytes, profile.start, profile.end));
  return isWide ? "display-p3" : "srgb";
}
