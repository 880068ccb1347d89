import { TABLES } from "./languages";

/** What Obsidian's names of languages are served by, where that is another name. */
const SERVED_BY: Readonly<Record<string, string>> = { pt: "pt-br", "zh-tw": "zh" };

/** The language that Obsidian's name asks for, beside English, in BCP 47, and its table; `undefined` means English. */
export function languageFor(asked: string): readonly [name: string, table: string] | undefined {
  const plain = asked.toLowerCase();
  const names = [SERVED_BY[plain], plain, plain.split("-")[0]];
  return Object.entries(TABLES).find(([name]) => names.includes(name.toLowerCase()));
}
