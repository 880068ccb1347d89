import type { IndexEntry, IndexStore, VaultPath } from "../model";
import { RecordStore } from "./database";
import { packShard, unpackShard, type PackedShard } from "./packed-shard";

/** A database row costs far more than its bytes: rows are kept in shards, of which only the touched ones are written. */
const SHARDS = 128;

/**
 * The fingerprint index in IndexedDB. Where that is lost or refused, the index is empty and files are read again.
 *
 * @param database  a name that no other vault has
 */
export function createIndexStore(database: string): IndexStore & { close(): Promise<void> } {
  const store = new RecordStore<PackedShard>(database, "shards");
  let packed = new Map<string, PackedShard>();
  return {
    load: async () => {
      packed = await store.load().catch(() => new Map<string, PackedShard>());
      return unpack(packed.values());
    },
    save: async (put, removed) => {
      const touched = new Map<string, Map<VaultPath, IndexEntry>>();
      const shardOf = (path: VaultPath): Map<VaultPath, IndexEntry> => {
        const key = shardKey(path);
        let shard = touched.get(key);
        if (shard === undefined) {
          shard = new Map(unpackShard(packed.get(key)).map((entry) => [entry.path, entry]));
          touched.set(key, shard);
        }
        return shard;
      };
      for (const path of removed) shardOf(path).delete(path);
      for (const entry of put) shardOf(entry.path).set(entry.path, entry);
      const rows = new Map([...touched].map(([key, entries]) => [key, packShard(entries.values())]));
      for (const [key, shard] of rows) packed.set(key, shard);
      // A refused write costs reading the files again, which is no reason to stop a backup.
      await store.save(rows, []).catch(() => undefined);
    },
    close: () => store.close(),
  };
}

/** One shard after another, so that whoever takes them in may rest between. */
function* unpack(shards: Iterable<PackedShard>): Generator<IndexEntry> {
  for (const shard of shards) yield* unpackShard(shard);
}

/** Spreads paths evenly (FNV-1a, 32 bit). */
export function shardKey(path: VaultPath): string {
  let hash = 0x811c9dc5;
  for (let place = 0; place < path.length; place += 1) {
    hash = Math.imul(hash ^ path.charCodeAt(place), 0x01000193);
  }
  return String((hash >>> 0) % SHARDS);
}
