import { createHash } from "node:crypto";
import type { ByteSource, VaultImage } from "../../src/model";

/** A file of a vault that lies in memory. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    slice: (start, end) => Promise.resolve(new Uint8Array(bytes.slice(start, end))),
  };
}

/** What a vault tells of a file; both its times are noon of 2 January 2021, UTC, unless said otherwise. */
export function imageNamed(path: string, size: number, times: Partial<VaultImage> = {}): VaultImage {
  const noon = Date.UTC(2021, 0, 2, 12);
  return { path, size, ctime: noon, mtime: noon, ...times };
}

export const neverAborted = new AbortController().signal;

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
