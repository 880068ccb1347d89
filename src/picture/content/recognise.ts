import { hasText, latin1, uint32 } from "./bytes";
import { FORMAT_NAMES, FORMATS, NOT_TAKEN, type Format, type FormatName } from "./formats";
import { formatOfTiff } from "./raw-tiff";

/** What a file is by its content: a format that Google Photos takes, or why it takes none of it. */
export type Recognised = { readonly format: FormatName } | { readonly skip: "type" | "not-an-image" };

/** How much of a file's beginning tells what it is; only TIFF's relatives may want the rest. */
export const TELLING_BYTES = 65_536;

/** No format's own beginning is longer. */
const LONGEST_BEGINNING = 4096;

/**
 * Says what a file is by its content.
 *
 * @param bytes      the whole file, or at least its first `TELLING_BYTES`
 * @param extension  of its name, in lower case: it only decides between formats that look alike from inside
 */
export function recognise(bytes: Uint8Array, extension: string): Recognised {
  // What lies behind the first box of the MP4 family is none of the names in it.
  const end = hasText(bytes, 4, "ftyp") ? Math.max(16, uint32(bytes, 0)) : LONGEST_BEGINNING;
  const head = latin1(bytes, 0, Math.min(end, LONGEST_BEGINNING));
  const begins = (beginning: string): boolean => new RegExp(`^(?:${beginning})`, "s").test(head);

  if (begins(NOT_TAKEN)) return { skip: "type" };
  const format = FORMAT_NAMES.find((name) => {
    const { beginning }: Format = FORMATS[name];
    return beginning !== undefined && begins(beginning);
  });
  if (format === "tiff") return { format: formatOfTiff(bytes, extension) };
  if (format) return { format };
  return { skip: "not-an-image" };
}
