import { uint32 } from "./bytes";
import { BOX_HEADER_BYTES, readBox } from "./boxes";
import { readParts, type Part, type Parts } from "./parts";
import type { Picture, PixelSize } from "./picture";

/**
 * Reads a HEIC or AVIF file, or another picture of the MP4 family.
 *
 * @param needed  the box that tells where everything lies
 */
export function readHeif(bytes: Uint8Array, needed = "meta"): Picture {
  const boxes = boxesFrom(bytes, 0);
  const isWhole = boxes.whole.some(({ name }) => name === needed) && boxes.cut?.name !== "mdat";
  return { damaged: !isWhole, size: largestSize(bytes, boxes.whole) };
}

function boxesFrom(bytes: Uint8Array, from: number): Parts {
  return readParts(bytes, from, (all, at) =>
    readBox(all.subarray(at, at + BOX_HEADER_BYTES), at, all.length),
  );
}

/** The largest of the sizes that a HEIF file's items have (ISO/IEC 23008-12, 6.5.3): tiles and thumbnails have theirs. */
function largestSize(bytes: Uint8Array, top: readonly Part[]): PixelSize | undefined {
  let boxes = top;
  for (const outer of ["meta", "iprp", "ipco"]) {
    const box = boxes.find(({ name }) => name === outer);
    if (!box) return undefined;
    // A version and flags stand before the boxes in the first of these.
    boxes = boxesFrom(bytes.subarray(0, box.end), box.start + (outer === "meta" ? 4 : 0)).whole;
  }
  return boxes
    .filter(({ name }) => name === "ispe")
    .map(({ start }) => ({ width: uint32(bytes, start + 4), height: uint32(bytes, start + 8) }))
    .sort((one, other) => other.width * other.height - one.width * one.height)[0];
}
