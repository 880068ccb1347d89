/** Bytes in memory that are nobody else's shared memory, as Web Crypto and Blob want them. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** A stretch of a file, from `start` up to `end`. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The order of the bytes in a number; big, as most formats have it, unless said otherwise. */
export type ByteOrder = "little" | "big";

/*
 * Readers for files that may end anywhere: a byte past the end counts as 0, so that a cut file leads to a wrong number
 * and never to an exception. Where it matters whether bytes are there, the caller compares with the length.
 */

export function uint16(bytes: Uint8Array, at: number, order: ByteOrder = "big"): number {
  const first = bytes[at] ?? 0;
  const second = bytes[at + 1] ?? 0;
  return order === "big" ? first * 0x100 + second : second * 0x100 + first;
}

export function uint32(bytes: Uint8Array, at: number, order: ByteOrder = "big"): number {
  const first = uint16(bytes, at, order);
  const second = uint16(bytes, at + 2, order);
  return order === "big" ? first * 0x10000 + second : second * 0x10000 + first;
}

/** Decoders for characters of one byte make others of 0x80 to 0x9f; a byte as a character of two stays what it is. */
const decoder = new TextDecoder("utf-16le");

/** Text of which each byte is a character. */
export function latin1(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(new Uint16Array(bytes.subarray(start, end)));
}

/** Whether the text, each character standing for one byte, lies at this place. */
export function hasText(bytes: Uint8Array, at: number, text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[at + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}

export function uint16Bytes(value: number, order: ByteOrder = "big"): Bytes {
  const bytes = Uint8Array.of(value >>> 8, value);
  return order === "big" ? bytes : bytes.reverse();
}

export function uint32Bytes(value: number, order: ByteOrder = "big"): Bytes {
  const bytes = Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
  return order === "big" ? bytes : bytes.reverse();
}

/** Text of which each character stands for one byte. */
export function textBytes(text: string): Bytes {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

export function joined(parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
