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
 * line, at the place of its key, an empty one where it is missing. Each is read when it is first asked for: a start
 * needs a dozen of hundreds, and to read them all takes as long as all else in `onload`.
 */
export function packedTexts<Key extends string>(table: string, placeOf: (key: Key) => number): Lookup<Key> {
  const known = new Map<Key, Text | undefined>();
  let lines: readonly string[] | undefined;
  return (key) => {
    if (!known.has(key)) {
      lines ??= linesOf(table);
      const line = lines[placeOf(key)];
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

/**
 * Answers the place of a key among packed ones (scripts/pack-table.mjs), or -1: `hold0:off,.here;skip2:broken` stands for
 * `hold.off`, `hold.off.here` and `skip.broken`. Only those are read that begin with the same word.
 */
export function placeIn(packed: string): (key: string) => number {
  const places = new Map<string, number>();
  let groups: readonly string[] | undefined;
  return (key) => {
    groups ??= packed.split(";");
    if (!places.has(key)) for (const group of groups) readGroup(group, key, places);
    return places.get(key) ?? -1;
  };
}

const GROUP = /^([a-z-]*)(\d+):(.*)$/;

function readGroup(group: string, key: string, places: Map<string, number>): void {
  const [, section = "", first, names = ""] = GROUP.exec(group) ?? [];
  if (section !== (/^[a-z-]+(?=\.)/.exec(key)?.[0] ?? "")) return;
  let whole = "";
  names.split(",").forEach((name, place) => {
    // A dot and a hyphen come before all letters.
    if (name < "a") places.set(whole + name, Number(first) + place);
    else places.set((whole = section === "" ? name : `${section}.${name}`), Number(first) + place);
  });
}

/** Where no whole number asks for the form `other`, a table need not have it. */
export function withOther(forms: Partial<Record<Form, string>>): PluralForms {
  return { ...forms, other: forms.other ?? forms.many ?? "" };
}
