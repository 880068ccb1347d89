import type { ByteSource } from "../../model";
import { BOX_HEADER_BYTES, readBox } from "./boxes";
import type { FormatName } from "./formats";

/**
 * Whether a film is damaged so that nothing plays it: one of the MP4 family without its table of contents, which
 * recorders write last. Reads a few bytes for each box at the top and nothing between.
 */
export async function isDamagedFilm(format: FormatName, source: ByteSource): Promise<boolean> {
  if (!["mp4", "m4v", "mov", "3gp", "3g2"].includes(format)) return false;
  let at = 0;
  for (let seen = 0; at < source.size; seen += 1) {
    // Recordings in fragments have many boxes, but their table of contents comes early.
    if (seen === 1024) return false;
    const header = await source.slice(at, Math.min(at + BOX_HEADER_BYTES, source.size));
    const box = readBox(header, at, source.size);
    if (!box) return true;
    if (box.name === "moov") return box.end > source.size;
    at = box.end;
  }
  return true;
}
