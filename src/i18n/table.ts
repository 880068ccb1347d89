import { english } from "./english";
import type { PluralForms, Text, TextKey, Texts } from "./texts";

const LINE = /^([a-z.-]+)(?:#(zero|one|two|few|many|other))?=(.*)$/;

/**
 * Reads a table: one `key=text` a line, and `key#form=text` for each plural form. A key that is not there is said in
 * English, so that an unfinished table does no harm.
 *
 * @throws TypeError  where a line is none
 */
export function readTable(table: string): Texts {
  const texts: Partial<Record<TextKey, Text>> = { ...english };
  const plurals = new Map<TextKey, Partial<Record<Intl.LDMLPluralRule, string>>>();
  for (const line of table.split("\n")) {
    if (line === "") continue;
    const [, key, form, text] = LINE.exec(line) ?? [];
    if (key === undefined || text === undefined) throw new TypeError(`not a line of a table: ${line}`);
    if (form === undefined) texts[key as TextKey] = text;
    else plurals.set(key as TextKey, { ...plurals.get(key as TextKey), [form]: text });
  }
  for (const [key, forms] of plurals) texts[key] = forms as PluralForms;
  return texts as Texts;
}
