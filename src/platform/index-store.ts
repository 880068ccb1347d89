import type { IndexStore, VaultPath } from "../model";
import { hostClock } from "./clock";
import { packEntries, PackedPart, type PackedEntries } from "./packed-entries";
import { SegmentLog } from "./segment-log";

/** Goes up with whatever is written down otherwise: the columns, the hash of the paths. */
export const INDEX_FORM = "index 2";

/** What one save wrote down. */
interface Segment {
  readonly removed: readonly VaultPath[];
  readonly put: PackedEntries;
}

/**
 * The fingerprint index in IndexedDB. Where that is lost or refused, the index is empty and files are read again.
 *
 * @param database  a name that no other vault has
 */
export function createIndexStore(database: string): IndexStore & { close(): Promise<void> } {
  const log = new SegmentLog<Segment>(database, INDEX_FORM);
  return {
    load: async () => {
      const segments = await log.load().catch(() => []);
      return segments.map(({ removed, put }) => ({ removed, put: new PackedPart(put) }));
    },
    save: async (put, removed, all) => {
      const isWhole = log.isFull;
      const segment = {
        removed: isWhole ? [] : removed,
        put: await packEntries(isWhole ? all() : put, hostClock),
      };
      // A refused write costs reading the files again, which is no reason to stop a backup.
      await (isWhole ? log.replace(segment) : log.append(segment)).catch(() => undefined);
    },
    close: () => log.close(),
  };
}
