import type { ByteSource } from "../../model";
import { BOX_HEADER_BYTES, readBox, boxesIn } from "./boxes";
import { hasText, uint16, uint32 } from "./bytes";
import type { FormatName } from "./formats";
import { readJpegHeader } from "./jpeg";
import { readPng } from "./png";
import { pixelSize } from "./size";
import { readTiff } from "./tiff";
import { readWebp } from "./webp";

/*
 * A damaged picture is one that viewers do not open. What browsers and the common libraries show all the same is left
 * alone, since the person sees it and wants it safe:
 *
 * - a JPEG that ends in the middle of its data is shown with a grey rest (its decoders only warn), a GIF up to where it
 *   ends, a bitmap likewise; none of them needs its end mark;
 * - a PNG whose data is cut is an error to decoders, though browsers show the rows they have; without its end chunk
 *   alone it is whole;
 * - a WebP or AVIF that is cut shows nothing at all, not even in a browser;
 * - bytes behind the end harm nowhere.
 *
 * Only structure is looked at: damage inside the coded data would cost decoding every picture.
 */

/** Whether a photo's content is damaged so that viewers do not open it. */
export function isDamaged(format: FormatName, bytes: Uint8Array): boolean {
  switch (format) {
    case "jpeg": {
      const { frame, scanAt } = readJpegHeader(bytes);
      return !frame?.width || scanAt >= bytes.length;
    }
    case "png": {
      const { hasData, cut } = readPng(bytes);
      return cut || !hasData || !pixelSize(format, bytes);
    }
    case "gif":
      return !gifHasPicture(bytes);
    case "webp": {
      const { image, animated, cut } = readWebp(bytes);
      return cut || (image === undefined && !animated);
    }
    case "bmp":
      return uint32(bytes, 10, "little") >= bytes.length;
    case "ico":
      return uint32(bytes, 18, "little") >= bytes.length;
    case "tiff":
    case "dng":
    case "nef":
    case "arw":
    case "pef":
    case "srw":
    case "cr2":
      // Of BigTIFF, with 43 in the place of 42, nothing is looked into.
      return !readTiff(bytes) && !hasText(bytes, 2, "+\0") && !hasText(bytes, 2, "\0+");
    case "avif":
    case "heic":
    case "heif":
    case "cr3":
      return boxesAreCut(bytes, format === "cr3" ? "moov" : "meta");
    default:
      return false;
  }
}

/** Whether a GIF comes as far as the data of a first picture. */
function gifHasPicture(bytes: Uint8Array): boolean {
  let at = behindColours(bytes, 10, 13);
  while (at < bytes.length) {
    if (bytes[at] === 0x2c) {
      const data = behindColours(bytes, at + 9, at + 10);
      return uint16(bytes, at + 5, "little") > 0 && (bytes[data + 1] ?? 0) > 0 && data + 2 < bytes.length;
    }
    if (bytes[at] !== 0x21) return false;
    at += 2;
    while ((bytes[at] ?? 0) > 0) at += 1 + (bytes[at] ?? 0);
    at += 1;
  }
  return false;
}

/** Where a GIF goes on behind the table of colours that the byte at `packed` may announce. */
function behindColours(bytes: Uint8Array, packed: number, at: number): number {
  const flags = bytes[packed] ?? 0;
  return at + (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
}

/** Whether the box that tells where everything lies is missing, or the data is cut. */
function boxesAreCut(bytes: Uint8Array, needed: string): boolean {
  const boxes = boxesIn(bytes);
  if (!boxes.some((box) => box.name === needed && box.end <= bytes.length)) return true;
  return boxes.some((box) => box.name === "mdat" && box.end > bytes.length);
}

/**
 * Whether a film is damaged so that nothing plays it: one of the MP4 family without its table of contents, which
 * recorders write last. Reads a few bytes for each box at the top and nothing between.
 */
export async function isDamagedVideo(format: FormatName, source: ByteSource): Promise<boolean> {
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
