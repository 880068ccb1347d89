import fs from "node:fs";
import path from "node:path";
import type { JournalStore } from "../../src/model";

/** Journals as files of a folder. */
export function journalsIn(folder: string): JournalStore {
  const at = (name: string): string => path.join(folder, name);
  return {
    list: async () =>
      fs
        .readdirSync(folder)
        .filter((name) => name.endsWith(".jsonl"))
        .map((name) => {
          const { size, mtimeMs } = fs.statSync(at(name));
          return { name, size, mtime: mtimeMs };
        }),
    read: async (name) => fs.readFileSync(at(name), "utf8"),
    append: async (name, text) => fs.appendFileSync(at(name), text),
  };
}
