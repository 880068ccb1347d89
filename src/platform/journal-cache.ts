import type { JournalCache } from "../model";
import { RecordStore } from "./record-store";

/**
 * What was made of journals, in IndexedDB. Where that is lost or refused, they are read again.
 *
 * @param database  a name that no other vault has
 */
export function createJournalCache(database: string): JournalCache & { close(): Promise<void> } {
  const store = new RecordStore<unknown>(database);
  return {
    load: () => store.load().catch(() => new Map<string, unknown>()),
    save: (put, removed) => store.save(put, removed).catch(() => undefined),
    close: () => store.close(),
  };
}
