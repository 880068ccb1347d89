import type { Lookup, PluralForms, Text } from "./texts";

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
 * Looks texts up in a packed table (scripts/pack-table.mjs): after a first line that says what signs stand for, one text a
 * line in the order of `keys`, an empty line for one that is missing. Each is read when it is first asked for: a start
 * needs a dozen of hundreds, and to read them all takes as long as all else in `onload`.
 */
export function packedTexts<Key extends string>(table: string, keys: () => readonly Key[]): Lookup<Key> {
  const known = new Map<Key, Text | undefined>();
  let lines: readonly string[] | undefined;
  return (key) => {
    if (!known.has(key)) {
      lines ??= linesOf(table);
      const line = lines[keys().indexOf(key)];
      known.set(key, line ? textIn(line) : undefined);
    }
    return known.get(key);
  };
}

function linesOf(table: string): string[] {
  const end = table.indexOf("\n");
  const signs = table.slice(1, end).split("|");
  return signs
    .reduce(
      (text, sign) => (sign === "" ? text : text.replaceAll(sign.charAt(0), sign.slice(1))),
      table.slice(end + 1),
    )
    .split("\n");
}

function textIn(line: string): Text {
  const [, before = "", middles, after = ""] = FORMS.exec(line) ?? [];
  if (middles === undefined) return line;
  const forms: Partial<Record<Form, string>> = {};
  for (const middle of middles.split("|")) {
    forms[FORM_OF[middle.charAt(0)] ?? "other"] = before + middle.slice(1) + after;
  }
  return withOther(forms);
}

/** Reads packed keys: `hold:off,.here;skip:broken` stands for `hold.off`, `hold.off.here` and `skip.broken`. */
export function readKeys(packed: string): string[] {
  return packed.split(";").flatMap((group) => {
    const [section = "", names = ""] = group.split(":");
    let whole = "";
    return names.split(",").map((name) => {
      // A dot and a hyphen come before all letters.
      if (name < "a") return whole + name;
      return (whole = section === "" ? name : `${section}.${name}`);
    });
  });
}

/** Where no whole number asks for the form `other`, a table need not have it. */
export function withOther(forms: Partial<Record<Form, string>>): PluralForms {
  return { ...forms, other: forms.other ?? forms.many ?? "" };
}
