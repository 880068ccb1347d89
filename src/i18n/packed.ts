import { scatter } from "../model";
import type { Lookup, PluralForms, Text } from "./texts";

type Form = Intl.LDMLPluralRule;

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
 * Looks texts up in a packed table (scripts/pack-table.mjs): after a first part that says what signs stand for, one text
 * after another, each at the place of its key, an empty one where it is missing. Each is read when it is asked for: a
 * start needs a dozen of hundreds, and to read them all takes as long as all else in `onload`.
 */
export function packedTexts<Key extends string>(table: string, placeOf: (key: Key) => number): Lookup<Key> {
  let texts: readonly string[] | undefined;
  return (key) => {
    const text = (texts ??= textsOf(table))[placeOf(key)];
    return text ? formsIn(text) : undefined;
  };
}

function textsOf(table: string): string[] {
  const end = table.indexOf("\t");
  const signs = table.slice(1, end).split("|");
  return signs
    .reduce((text, sign) => text.replaceAll(sign.charAt(0), sign.slice(1)), table.slice(end + 1))
    .split("\t");
}

function formsIn(text: string): Text {
  const [, before = "", middles, after = ""] = FORMS.exec(text) ?? [];
  if (middles === undefined) return text;
  const forms = middles
    .split("|")
    .map((middle) => [FORM_OF[middle.charAt(0)], before + middle.slice(1) + after]);
  return Object.fromEntries(forms) as PluralForms;
}

/**
 * Answers the place of each key in a packed table, of which the keys themselves are no part. By the seeds, which the
 * build has found (scripts/pack-table.mjs), no two have the same; what is no key has any.
 */
export function placeBy(seeds: readonly number[], places: number): (key: string) => number {
  return (key) => scatter(key, seeds[scatter(key, 0) % seeds.length] ?? 0) % places;
}
