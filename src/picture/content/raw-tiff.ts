import { hasText } from "./bytes";
import { FORMAT_NAMES, FORMATS, suits, type FormatName } from "./formats";
import { entryOf, readTiff, TAG } from "./tiff";

/**
 * Which camera's raw format a TIFF file is, or that it is a plain one.
 *
 * Two of them say so in the content. Of the others a name that says "raw" is believed, since it costs nothing where it
 * is wrong, and under another name each is the TIFF that it also is. CR3 is none.
 */
export function formatOfTiff(bytes: Uint8Array, extension: string): FormatName {
  // With places of 64 bits nothing in it is looked at.
  if (hasText(bytes, 2, "+\0") || hasText(bytes, 2, "\0+")) return "tiff";
  if (hasText(bytes, 8, "CR\x02")) return "cr2";
  const version = entryOf(readTiff(bytes)?.main, TAG.dngVersion);
  // Numbers of 8, 16 or 32 bits.
  if (version && [1, 3, 4].includes(version.type)) return "dng";
  // Raw formats have types of their own, as icons do.
  const named = FORMAT_NAMES.find(
    (name) => /^image\/x-(?!icon|canon-cr3)/.test(FORMATS[name].type) && suits(name, extension),
  );
  return named ?? "tiff";
}
