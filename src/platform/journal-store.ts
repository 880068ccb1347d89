import type { DataAdapter } from "obsidian";
import { nameOf, type JournalStore } from "../model";

/** A file that cannot be written to is tried once more after this, in milliseconds. */
const RETRY_PAUSE = 1_000;

/**
 * Journals as files of the plugin's own folder. Obsidian's adapter is used, not its vault, since hidden folders are no
 * part of the vault.
 *
 * @param folder  path inside the vault, without a slash at the end
 */
export function createJournalStore(adapter: DataAdapter, folder: string): JournalStore {
  return {
    list: async () => {
      if (!(await adapter.exists(folder))) return [];
      const { files } = await adapter.list(folder);
      const found = files
        .filter((path) => path.endsWith(".jsonl"))
        .map(async (path) => {
          const stat = await adapter.stat(path);
          return stat?.type === "file" ? [{ name: nameOf(path), size: stat.size, mtime: stat.mtime }] : [];
        });
      return (await Promise.all(found)).flat();
    },
    read: (name) => adapter.read(`${folder}/${name}`),
    append: async (name, text) => {
      if (!(await adapter.exists(folder))) await adapter.mkdir(folder);
      const append = (): Promise<void> => adapter.append(`${folder}/${name}`, text);
      // Another program may hold the file for a moment: what sends it to a cloud, or looks for viruses. A line that is there
      // twice costs nothing.
      await append().catch(async () => {
        await new Promise((resolve) => window.setTimeout(resolve, RETRY_PAUSE));
        await append();
      });
    },
  };
}
