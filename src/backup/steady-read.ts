import { sameStamp, type ByteSource, type FileStamp, type Fingerprint, type VaultPath } from "../model";
import type { BackupPorts } from "./context";

/** A file that was read while it did not change. */
export interface Read {
  readonly source: ByteSource;
  readonly fingerprint: Fingerprint;
  readonly stamp: FileStamp;
  /** When reading began, milliseconds since 1970. */
  readonly readAt: number;
}

/** A file that is sent cannot be read any more: it was renamed or deleted, it changes, or its drive is gone. */
export class FileLost extends Error {
  override readonly name = "FileLost";
}

type Ports = Pick<BackupPorts, "vault" | "pictures" | "clock">;

/**
 * Reads a file once and takes its fingerprint, with size and time checked before and after.
 *
 * @param stamp  the file's size and time just now
 */
export async function readSteadily(
  path: VaultPath,
  stamp: FileStamp,
  { vault, pictures, clock }: Ports,
  signal: AbortSignal,
): Promise<Read | "changing" | "unreadable"> {
  const readAt = clock.now();
  let source: ByteSource;
  let fingerprint: Fingerprint;
  try {
    source = telling(await vault.open(path));
    fingerprint = await pictures.fingerprint(source, signal);
  } catch {
    signal.throwIfAborted();
    return "unreadable";
  }
  return (await isStill(path, stamp, vault)) ? { source, fingerprint, stamp, readAt } : "changing";
}

/** Whether a file is as it was when it had this stamp. */
export async function isStill(path: VaultPath, before: FileStamp, vault: Ports["vault"]): Promise<boolean> {
  const now = await vault.stamp(path);
  return now !== undefined && sameStamp(now, before);
}

/** A source that says of itself where it cannot be read: nothing else that goes wrong is to be taken for that. */
function telling(source: ByteSource): ByteSource {
  return {
    size: source.size,
    slice: async (start, end) => {
      try {
        return await source.slice(start, end);
      } catch (error) {
        throw new FileLost("A file could not be read.", { cause: error });
      }
    },
  };
}
