import { latin1, uint32 } from "./bytes";

/** One box of the MP4 family (ISO/IEC 14496-12, 4.2): its content lies from `start` up to `end`. */
export interface Box {
  readonly name: string;
  readonly start: number;
  /** By the box's own word; past the end of a cut file. */
  readonly end: number;
}

/** How many bytes a box's header may have. */
export const BOX_HEADER_BYTES = 16;

/**
 * Reads the header of the box that begins at `at` of the whole file.
 *
 * @param header  the file's bytes from there on, at least `BOX_HEADER_BYTES` where the file has them
 * @param size    of the whole file
 */
export function readBox(header: Uint8Array, at: number, size: number): Box | undefined {
  if (header.length < 8) return undefined;
  const short = uint32(header, 0);
  const name = latin1(header, 4, 8);
  if (short === 0) return { name, start: at + 8, end: size };
  if (short !== 1) return short < 8 ? undefined : { name, start: at + 8, end: at + short };
  const long = uint32(header, 8) * 2 ** 32 + uint32(header, 12);
  return long < 16 ? undefined : { name, start: at + 16, end: at + long };
}

/** The boxes from a place of a file in memory up to another, as far as they make sense. */
export function boxesIn(bytes: Uint8Array, from = 0, to = bytes.length): readonly Box[] {
  const boxes: Box[] = [];
  let at = from;
  while (at < Math.min(to, bytes.length) && boxes.length < 1024) {
    const box = readBox(bytes.subarray(at, at + BOX_HEADER_BYTES), at, to);
    if (!box) break;
    boxes.push(box);
    at = box.end;
  }
  return boxes;
}
