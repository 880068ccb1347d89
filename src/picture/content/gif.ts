import { uint16 } from "./bytes";
import type { Picture } from "./picture";

export function readGif(bytes: Uint8Array): Picture {
  return {
    damaged: !hasPicture(bytes),
    size: { width: uint16(bytes, 6, "little"), height: uint16(bytes, 8, "little") },
  };
}

/** Whether a GIF comes as far as the data of a first picture. */
function hasPicture(bytes: Uint8Array): boolean {
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
