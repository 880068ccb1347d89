import { readTable } from "./table";
import type { Texts } from "./texts";

/** A language beside English. Its table is one string that is read only when the language is chosen. */
export interface Language {
  /** BCP 47. */
  readonly name: string;
  /** @throws TypeError  where a line of the table is none */
  texts(): Texts;
}

const TABLES: Readonly<Record<string, string>> = {};

/** Obsidian's names of languages that are not BCP 47's, or that we serve by another. */
const SERVED_BY: Readonly<Record<string, string>> = { "zh-tw": "zh", pt: "pt-BR", "pt-br": "pt-BR" };

/** The language that Obsidian's name asks for; `undefined` means English. */
export function languageFor(asked: string): Language | undefined {
  const name = [asked, SERVED_BY[asked.toLowerCase()], asked.split("-")[0]].find(
    (one) => one !== undefined && TABLES[one] !== undefined,
  );
  const table = name === undefined ? undefined : TABLES[name];
  return name === undefined || table === undefined ? undefined : { name, texts: () => readTable(table) };
}

/** All languages beside English. */
export const LANGUAGES: readonly string[] = Object.keys(TABLES);
