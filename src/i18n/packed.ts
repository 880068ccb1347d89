import type { PluralForms, Text } from "./texts";

export type Form = Intl.LDMLPluralRule;

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
 * Reads a packed table (scripts/pack-table.mjs): after a first line that says what signs stand for, one text a line in the
 * order of `keys`, an empty line for one that is missing.
 */
export function readPacked<Key extends string>(
  table: string,
  keys: readonly Key[],
): Partial<Record<Key, Text>> {
  const end = table.indexOf("\n");
  const signs = table.slice(1, end).split("|");
  const lines = signs
    .reduce(
      (text, sign) => (sign === "" ? text : text.replaceAll(sign.charAt(0), sign.slice(1))),
      table.slice(end + 1),
    )
    .split("\n");
  const texts: Partial<Record<Key, Text>> = {};
  for (const [at, key] of keys.entries()) {
    const line = lines[at] ?? "";
    const [, before = "", middles, after = ""] = line.includes("<") ? (FORMS.exec(line) ?? []) : [];
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
  return texts;
}

/** Reads packed keys: `hold:off,.here;skip:broken` stands for `hold.off`, `hold.off.here` and `skip.broken`. */
export function readKeys(packed: string): string[] {
  return packed.split(";").flatMap((group) => {
    const [section = "", names = ""] = group.split(":");
    let whole = "";
    return names.split(",").map((name) => {
      if (/^[.-]/.test(name)) return whole + name;
      return (whole = section === "" ? name : `${section}.${name}`);
    });
  });
}

/** Where no whole number asks for the form `other`, a table need not have it. */
export function withOther(forms: Partial<Record<Form, string>>): PluralForms {
  return { ...forms, other: forms.other ?? forms.many ?? "" };
}
