import type { IndexEntry, IndexStore, VaultPath } from "../model";
import { RecordStore } from "./database";

/** A database row costs far more than its bytes: rows are kept in shards, of which only the touched ones are written. */
const SHARDS = 128;

/**
 * The fingerprint index in IndexedDB. Where that is lost or refused, the index is empty and files are read again.
 *
 * @param database  a name that no other vault has
 */
export function createIndexStore(database: string): IndexStore & { close(): Promise<void> } {
  const store = new RecordStore<readonly IndexEntry[]>(database, "shards");
  const shards = new Map<string, Map<VaultPath, IndexEntry>>();
  const shardOf = (key: string): Map<VaultPath, IndexEntry> => {
    const known = shards.get(key) ?? new Map<VaultPath, IndexEntry>();
    shards.set(key, known);
    return known;
  };
  return {
    load: async () => {
      const rows = await store.load().catch(() => new Map<string, readonly IndexEntry[]>());
      for (const [key, entries] of rows) {
        for (const entry of entries) shardOf(key).set(entry.path, entry);
      }
      return [...rows.values()].flat();
    },
    save: async (put, removed) => {
      const touched = new Set<string>();
      for (const path of removed) {
        const key = shardKey(path);
        shardOf(key).delete(path);
        touched.add(key);
      }
      for (const entry of put) {
        const key = shardKey(entry.path);
        shardOf(key).set(entry.path, entry);
        touched.add(key);
      }
      // A refused write costs reading the files again, which is no reason to stop a backup.
      await store
        .save(new Map([...touched].map((key) => [key, [...shardOf(key).values()]])), [])
        .catch(() => undefined);
    },
    close: () => store.close(),
  };
}

/** Spreads paths evenly (FNV-1a, 32 bit). */
function shardKey(path: VaultPath): string {
  let hash = 0x811c9dc5;
  for (let place = 0; place < path.length; place += 1) {
    hash = Math.imul(hash ^ path.charCodeAt(place), 0x01000193);
  }
  return String((hash >>> 0) % SHARDS);
}
