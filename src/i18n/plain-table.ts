import type { Lookup, PluralForms, Text, TextKey } from "./texts";

const SECTION = /^\[([a-z-]+)\]$/;
const LINE = /^([a-z.-]+)(?:#(zero|one|two|few|many|other))?=(.*)$/;

/**
 * Reads a table as it is written: one `key=text` a line, and `key#form=text` for each plural form. A line `[section]`
 * stands before the keys that begin with that word and a dot. The build packs all tables, and puts the reader of packed
 * ones in the place of this file.
 *
 * @throws TypeError  where a line is none
 */
export function textsIn(table: string): Lookup<TextKey> {
  const texts: Partial<Record<TextKey, Text>> = {};
  const plurals = new Map<TextKey, PluralForms>();
  let prefix = "";
  for (const line of table.split("\n")) {
    if (line === "") continue;
    const section = SECTION.exec(line)?.[1];
    if (section !== undefined) {
      prefix = `${section}.`;
      continue;
    }
    const [, name, form, text] = LINE.exec(line) ?? [];
    if (name === undefined || text === undefined) throw new TypeError(`not a line of a table: ${line}`);
    const key = (prefix + name) as TextKey;
    if (form === undefined) texts[key] = text;
    else plurals.set(key, { ...plurals.get(key), [form]: text });
  }
  for (const [key, forms] of plurals) texts[key] = forms;
  return (key) => texts[key];
}
