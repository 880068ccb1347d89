import { englishText } from "./english";
import { textsIn } from "./plain-table";
import type { Texts } from "./texts";

/** Reads a table as it is written; in main.js, as the build packs it. What it lacks is said in English. */
export function readTable(table: string): Texts {
  const own = textsIn(table);
  return (key) => own(key) ?? englishText(key);
}
