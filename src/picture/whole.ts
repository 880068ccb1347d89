import type { ByteSource } from "../model";
import type { Bytes } from "./content/bytes";
import { createPauses } from "./pauses";

/** Copying this much at a time takes a few milliseconds. */
const PIECE = 8 * 2 ** 20;

/** What a source holds, piece by piece, with pauses between in which the editor has its turn. */
export async function* piecesOf(
  source: ByteSource,
  length: number,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  const pause = createPauses();
  for (let at = 0; at < source.size; at += length) {
    signal.throwIfAborted();
    yield await source.slice(at, Math.min(at + length, source.size));
    await pause();
  }
  signal.throwIfAborted();
}

/**
 * Reads everything a source holds into bytes of our own, which may be handed to a worker for good. Goes piece by piece,
 * so that copying a large picture does not hold up the editor.
 */
export async function readWhole(source: ByteSource, signal: AbortSignal): Promise<Bytes> {
  const whole = new Uint8Array(source.size);
  let at = 0;
  for await (const piece of piecesOf(source, PIECE, signal)) {
    whole.set(piece.subarray(0, source.size - at), at);
    at += PIECE;
  }
  return whole;
}

/** Bytes in memory as a source. */
export function sourceOf(bytes: Bytes): ByteSource {
  return {
    size: bytes.length,
    slice: (start, end) => Promise.resolve(bytes.subarray(start, end)),
  };
}

/** Pieces of memory, one after another, as one source. */
export function sourceOfPieces(pieces: readonly Bytes[]): ByteSource {
  const size = pieces.reduce((sum, piece) => sum + piece.length, 0);
  return {
    size,
    slice(start, end) {
      const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - start));
      let at = 0;
      for (const piece of pieces) {
        const part = piece.subarray(Math.max(0, start - at), Math.max(0, end - at));
        bytes.set(part, Math.max(0, at - start));
        at += piece.length;
      }
      return Promise.resolve(bytes);
    },
  };
}
