import type { ByteSource } from "../model";
import { nodeModule } from "./node-module";

/**
 * A file on disk as a source that is read in slices and is never whole in memory; `undefined` where the host hands out
 * no files, as on phones. Each slice opens and closes the file, so that nothing is left open however its reader ends.
 *
 * @param path  absolute, as the system names it
 * @throws what the file system throws where there is no such file
 */
export async function openInSlices(path: string): Promise<ByteSource | undefined> {
  const files = nodeModule("fs")?.promises;
  if (!files) return undefined;
  const { size } = await files.stat(path);
  return {
    size,
    slice: async (start, end) => {
      const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - start));
      const file = await files.open(path, "r");
      try {
        let filled = 0;
        while (filled < bytes.length) {
          const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, start + filled);
          if (bytesRead === 0) break; // it has become shorter; its size is compared when all is read
          filled += bytesRead;
        }
        return bytes.subarray(0, filled);
      } finally {
        await file.close();
      }
    },
  };
}
