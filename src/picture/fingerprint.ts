import { sha256 } from "@noble/hashes/sha2.js";
import type { ByteSource } from "../model";
import type { Bytes } from "./content/bytes";

/** A SHA-256 that is fed piece by piece. */
export interface IncrementalHash {
  update(piece: Uint8Array): void;
  /** The sum of all pieces, 64 lower-case hex digits; ends the hash. */
  digest(): string;
}

/** Up to here all bytes are handed to Web Crypto at once, which copies them: a few milliseconds. */
const AT_ONCE = 16 * 2 ** 20;

/** Small enough that hashing one piece in JavaScript holds up nothing (about 10 ms), large enough to read well. */
const PIECE = 2 ** 20;

/**
 * SHA-256 of everything a source holds, 64 lower-case hex digits. A long source is read and hashed in pieces, and is
 * never whole in memory.
 *
 * @param inPieces  makes the hash for long sources
 * @throws the signal's reason where it is aborted, and what the source throws
 */
export async function hashOf(
  source: ByteSource,
  inPieces: () => IncrementalHash,
  signal: AbortSignal,
): Promise<string> {
  signal.throwIfAborted();
  if (source.size <= AT_ONCE) {
    const bytes = await source.slice(0, source.size);
    signal.throwIfAborted();
    return hashOfBytes(bytes);
  }
  const hash = inPieces();
  for (let at = 0; at < source.size; at += PIECE) {
    hash.update(await source.slice(at, Math.min(at + PIECE, source.size)));
    signal.throwIfAborted();
  }
  return hash.digest();
}

export async function hashOfBytes(bytes: Bytes): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

/** The hash in JavaScript, for hosts that offer nothing faster. */
export function portableHash(): IncrementalHash {
  const hash = sha256.create();
  return { update: (piece) => void hash.update(piece), digest: () => hex(hash.digest()) };
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
