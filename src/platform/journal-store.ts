import type { DataAdapter } from "obsidian";
import { nameOf, type JournalStore } from "../model";

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
      await adapter.append(`${folder}/${name}`, text);
    },
  };
}
