import type { ByteSource } from "../model";
import type { Bytes } from "./content/bytes";
import { pause } from "./pauses";

/** Copying this much at a time takes a few milliseconds. */
const PIECE = 8 * 2 ** 20;

/** What a source holds, piece by piece, with pauses between in which the editor has its turn. */
export async function* piecesOf(
  source: ByteSource,
  length: number,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  for (let at = 0; at < source.size; at += length) {
    signal.throwIfAborted();
    if (at > 0) await pause();
    yield await source.slice(at, Math.min(at + length, source.size));
  }
  signal.throwIfAborted();
}

/**
 * Reads everything that sources hold, one after another, into bytes of our own, which may be handed to a worker for good.
 * Goes piece by piece, so that copying a large picture does not hold up the editor.
 */
export async function readWhole(sources: readonly ByteSource[], signal: AbortSignal): Promise<Bytes> {
  // Of many small pictures that wait for one thing, each is worked on in a task of its own.
  await pause();
  const whole = new Uint8Array(sources.reduce((sum, { size }) => sum + size, 0));
  let begin = 0;
  for (const source of sources) {
    const end = begin + source.size;
    let at = begin;
    for await (const piece of piecesOf(source, PIECE, signal)) {
      whole.set(piece.subarray(0, end - at), at);
      at += PIECE;
    }
    begin = end;
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
