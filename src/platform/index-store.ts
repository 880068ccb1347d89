import type { IndexEntry, IndexStore, VaultPath } from "../model";
import { hostClock } from "./clock";
import { packEntries, unpackEntries, type PackedEntries } from "./packed-entries";
import { SegmentLog } from "./segment-log";

/** Entries that are packed at a time: packing all of them at once would hold up the editor. */
const IN_A_PART = 2000;

export const INDEX_FORM = "index 1";

/** What one save wrote down. */
interface Segment {
  readonly removed: readonly VaultPath[];
  readonly parts: readonly PackedEntries[];
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
      return segments.map(({ removed, parts }) => ({ removed, parts: parts.flatMap(unpackEntries) }));
    },
    save: async (put, removed, all) => {
      const isWhole = log.isFull;
      const segment = {
        removed: isWhole ? [] : removed,
        parts: await packInParts(isWhole ? all() : put),
      };
      // A refused write costs reading the files again, which is no reason to stop a backup.
      await (isWhole ? log.replace(segment) : log.append(segment)).catch(() => undefined);
    },
    close: () => log.close(),
  };
}

async function packInParts(entries: Iterable<IndexEntry>): Promise<readonly PackedEntries[]> {
  const parts: PackedEntries[] = [];
  let part: IndexEntry[] = [];
  for (const entry of entries) {
    const pause = hostClock.breath();
    if (pause !== undefined) await pause;
    part.push(entry);
    if (part.length < IN_A_PART) continue;
    parts.push(packEntries(part));
    part = [];
  }
  return [...parts, packEntries(part)];
}
