import type { KeptToken, TokenStore } from "../model";
import { RecordStore } from "./record-store";

/** Tokens come and go by the hundred: those of so many milliseconds are written together. */
const GATHERED = 250;

/**
 * Upload tokens in IndexedDB. A token that cannot be kept costs an upload after a restart, nothing else.
 *
 * @param database  a name that no other vault has
 */
export function createTokenStore(database: string): TokenStore & { close(): Promise<void> } {
  const store = new RecordStore<KeptToken>(database, GATHERED);
  return {
    load: async () => [...(await store.load().catch(() => new Map<string, KeptToken>())).values()],
    save: async (put, removed) => {
      await store.save(new Map(put.map((token) => [token.token, token])), removed).catch(() => undefined);
    },
    close: () => store.close(),
  };
}
