import type { ExportedFile } from "../../src/model";

/** A file of an export whose bytes are a text. */
export function exported(content: string, name = "from an export.png"): ExportedFile {
  const bytes = new TextEncoder().encode(content);
  const slice = (start: number, end: number) => Promise.resolve(bytes.slice(start, end));
  return { name, source: { size: bytes.byteLength, slice } };
}
