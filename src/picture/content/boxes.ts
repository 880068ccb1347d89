import { latin1, uint32 } from "./bytes";
import type { Part } from "./parts";

/** How many bytes a box's header may have. */
export const BOX_HEADER_BYTES = 16;

/**
 * Reads the header of a box of the MP4 family (ISO/IEC 14496-12, 4.2) that begins at `at` of the whole file.
 *
 * @param header  the file's bytes from there on, at least `BOX_HEADER_BYTES` where the file has them
 * @param size    of the whole file
 */
export function readBox(header: Uint8Array, at: number, size: number): Part | undefined {
  if (header.length < 8) return undefined;
  const short = uint32(header, 0);
  const isLong = short === 1;
  const long = isLong ? uint32(header, 8) * 2 ** 32 + uint32(header, 12) : short;
  const content = isLong ? 16 : 8;
  // Without a length it goes on to the end.
  const end = short === 0 ? size : at + long;
  if (end < at + content) return undefined;
  return { name: latin1(header, 4, 8), at, start: at + content, end, next: end };
}
