import { TABLES } from "./languages";
import { readTable } from "./table";
import type { Texts } from "./texts";

/** A language beside English. Its table is one string that is read only when the language is chosen. */
export interface Language {
  /** BCP 47. */
  readonly name: string;
  /** @throws TypeError  where a line of the table is none */
  texts(): Texts;
}

/** What Obsidian's names of languages are served by, where that is another name. */
const SERVED_BY: Readonly<Record<string, string>> = { pt: "pt-BR", "zh-tw": "zh" };

/** The language that Obsidian's name asks for; `undefined` means English. */
export function languageFor(asked: string): Language | undefined {
  const plain = asked.toLowerCase();
  const names = [SERVED_BY[plain], plain, plain.split("-")[0]];
  const name = Object.keys(TABLES).find((one) => names.includes(one) || names.includes(one.toLowerCase()));
  const table = name === undefined ? undefined : TABLES[name];
  return name === undefined || table === undefined ? undefined : { name, texts: () => readTable(table) };
}
