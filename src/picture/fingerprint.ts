import type { ByteSource } from "../model";
import { piecesOf } from "./whole";

/** A SHA-256 that is fed piece by piece. */
export interface IncrementalHash {
  update(piece: Uint8Array): void;
  /** The sum of all pieces, 64 lower-case hex digits; ends the hash. */
  digest(): string;
}

/** Up to here all bytes are handed to Web Crypto at once, which copies them: a few milliseconds. */
const AT_ONCE = 16 * 2 ** 20;

/** Small enough that hashing one piece holds up nothing, large enough to read well. */
const PIECE = 2 ** 20;

/**
 * SHA-256 of everything a source holds, 64 lower-case hex digits. A long source is read and hashed in pieces, and is
 * never whole in memory, where the host can do so. Others, such as phones, hold their files whole anyway.
 *
 * @param inPieces  makes the hash for long sources, where the host has one
 * @throws the signal's reason where it is aborted, and what the source throws
 */
export async function hashOf(
  source: ByteSource,
  inPieces: (() => IncrementalHash | undefined) | undefined,
  signal: AbortSignal,
): Promise<string> {
  signal.throwIfAborted();
  const hash = source.size > AT_ONCE ? inPieces?.() : undefined;
  if (!hash) {
    const bytes = await source.slice(0, source.size);
    signal.throwIfAborted();
    return hex(await crypto.subtle.digest("SHA-256", bytes));
  }
  for await (const piece of piecesOf(source, PIECE, signal)) hash.update(piece);
  return hash.digest();
}

function hex(buffer: ArrayBuffer): string {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
