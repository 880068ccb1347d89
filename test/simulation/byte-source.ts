import type { ByteSource } from "../../src/model";

export const bytesOf = (content: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(content);

/** A file that holds this text. */
export function source(content: string): ByteSource {
  const bytes = bytesOf(content);
  return { size: bytes.byteLength, slice: (start, end) => Promise.resolve(bytes.slice(start, end)) };
}
