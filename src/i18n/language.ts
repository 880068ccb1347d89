import { TABLES } from "./languages";

/**
 * The language that Obsidian's name asks for, beside English, in BCP 47, and its table; `undefined` means English. Of each
 * language there is one table, which serves all its regions and scripts.
 */
export function languageFor(asked: string): readonly [name: string, table: string] | undefined {
  return Object.entries(TABLES).find(([name]) => languageOf(name) === languageOf(asked));
}

/** The language without its region and script. */
function languageOf(name: string): string | undefined {
  return name.split("-")[0];
}
