import { english } from "./english";
import type { PluralForms, Text, TextKey, Texts } from "./texts";

type Form = Intl.LDMLPluralRule;

const SECTION = /^\[([a-z-]+)\]$/;
const LINE = /^([a-z.-]+)(?:#(zero|one|two|few|many|other))?=(.*)$/;
const FORMS = /^(.*)<(.*)>(.*)$/;

/** What a packed table calls the plural forms. */
const FORM_OF: Readonly<Record<string, Form>> = {
  z: "zero",
  "1": "one",
  "2": "two",
  f: "few",
  m: "many",
  o: "other",
};

/**
 * Reads a table: one `key=text` a line, and `key#form=text` for each plural form. A line `[section]` stands before the
 * keys that begin with that word and a dot. A key that is not there is said in English, so that an unfinished table
 * does no harm. The build packs tables (scripts/pack-table.mjs); they are read as well.
 *
 * @throws TypeError  where a line is none
 */
export function readTable(table: string): Texts {
  return table.startsWith("|") ? readPacked(table) : readPlain(table);
}

function readPlain(table: string): Texts {
  const texts: Partial<Record<TextKey, Text>> = { ...english };
  const plurals = new Map<TextKey, Partial<Record<Form, string>>>();
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
  for (const [key, forms] of plurals) texts[key] = withOther(forms);
  return texts as Texts;
}

/** One text a line in the order of English, an empty line for one that is missing. */
function readPacked(table: string): Texts {
  const lines = table.slice(1).split("\n");
  const texts: Partial<Record<TextKey, Text>> = { ...english };
  for (const [at, key] of (Object.keys(english) as TextKey[]).entries()) {
    const line = lines[at] ?? "";
    const [, before = "", middles, after = ""] = FORMS.exec(line) ?? [];
    if (middles === undefined) {
      if (line !== "") texts[key] = line;
      continue;
    }
    const forms: Partial<Record<Form, string>> = {};
    for (const middle of middles.split("|")) {
      forms[FORM_OF[middle.charAt(0)] ?? "other"] = before + middle.slice(1) + after;
    }
    texts[key] = withOther(forms);
  }
  return texts as Texts;
}

/** Where no whole number asks for the form `other`, a table need not have it. */
function withOther(forms: Partial<Record<Form, string>>): PluralForms {
  return { ...forms, other: forms.other ?? forms.many ?? "" };
}
