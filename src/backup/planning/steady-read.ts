import {
  sameStamp,
  type ByteSource,
  type FileStamp,
  type Fingerprint,
  type Pictures,
  type VaultPath,
} from "../../model";
import type { BackupPorts } from "../context";

/** A file that was read while it did not change. */
export interface Read {
  readonly source: ByteSource;
  readonly fingerprint: Fingerprint;
  readonly stamp: FileStamp;
  /** When reading began, milliseconds since 1970. */
  readonly readAt: number;
}

/** A file is not there now, or not the same any more: it was renamed or deleted, it changes, or its drive is gone. */
export class FileLost extends Error {}

/** An image cannot be read, or something of ours breaks at it, which is the `cause` then. Others can be sent. */
export class ImageBroken extends Error {}

type Ports = Pick<BackupPorts, "vault" | "pictures" | "clock">;

/**
 * Reads a file once and takes its fingerprint, with size and time checked before and after.
 *
 * @throws FileLost, ImageBroken
 */
export async function readSteadily(
  path: VaultPath,
  { vault, pictures, clock }: Ports,
  signal: AbortSignal,
): Promise<Read> {
  signal.throwIfAborted();
  const stamp = await vault.stamp(path);
  // Gone, which is told on its own, unless nobody watches: a drive that was taken away.
  if (stamp === undefined) throw new FileLost();
  const readAt = clock.now();
  let source: ByteSource;
  let fingerprint: Fingerprint;
  try {
    source = telling(await vault.open(path));
    fingerprint = await pictures.fingerprint(source, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ImageBroken) throw error;
    // It may be gone, or be written to at this moment.
    await checkStill(path, stamp, vault);
    throw new ImageBroken();
  }
  await checkStill(path, stamp, vault);
  return { source, fingerprint, stamp, readAt };
}

/** @throws FileLost  where a file is not as it was when it had this stamp */
export async function checkStill(path: VaultPath, before: FileStamp, vault: Ports["vault"]): Promise<void> {
  const now = await vault.stamp(path);
  if (now === undefined || !sameStamp(now, before)) throw new FileLost();
}

/** A source that says of itself where it cannot be read: nothing else that goes wrong is to be taken for that. */
function telling(source: ByteSource): ByteSource {
  return {
    size: source.size,
    slice: async (start, end) => {
      try {
        return await source.slice(start, end);
      } catch (error) {
        throw new FileLost("", { cause: error });
      }
    },
  };
}

/** Pictures that say of themselves where something breaks at one image. */
export function sparing(pictures: Pictures): Pictures {
  const spare = <Answer>(work: Promise<Answer>): Promise<Answer> =>
    work.catch((error: unknown) => {
      throw error instanceof FileLost ? error : new ImageBroken("", { cause: error });
    });
  return {
    ...pictures,
    fingerprint: (...image) => spare(pictures.fingerprint(...image)),
    prepare: (...image) => spare(pictures.prepare(...image)),
    examine: (...image) => spare(pictures.examine(...image)),
  };
}
