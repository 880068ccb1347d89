import { english } from "./english";
import { readPacked } from "./packed";
import { readPlain } from "./plain-table";
import type { TextKey, Texts } from "./texts";

/** Reads a table as it is written, or as the build packs it (scripts/pack-table.mjs). */
export function readTable(table: string): Texts {
  return table.startsWith("|")
    ? { ...english, ...readPacked<TextKey>(table, Object.keys(english) as TextKey[]) }
    : readPlain(table);
}
