import type { Fingerprint } from "./identity";

export type Quality = "original" | "storage-saver";

/** How the sent bytes are made from the local ones. Which encoder did it is noted elsewhere and is no part of it. */
export interface Recipe {
  readonly quality: Quality;
  /** Whether a capture date is written into the copy of an image that has none. */
  readonly dated: boolean;
}

/** A recipe as one short word, for keys and journal lines: `o`, `od`, `s`, `sd`. */
export type RecipeKey = "o" | "od" | "s" | "sd";

const QUALITY_LETTER = { original: "o", "storage-saver": "s" } as const;

export function recipeKey(recipe: Recipe): RecipeKey {
  return `${QUALITY_LETTER[recipe.quality]}${recipe.dated ? "d" : ""}`;
}

export function recipeFrom(key: RecipeKey): Recipe {
  return { quality: key.startsWith("s") ? "storage-saver" : "original", dated: key.endsWith("d") };
}

/** The first 16 hex digits of a fingerprint and the quality's letter: what a sent name ends in. */
export type NameMark = string & { readonly nameMark: true };

export function nameMark(fingerprint: Fingerprint, quality: Quality): NameMark {
  return `${markOf(fingerprint)}${QUALITY_LETTER[quality]}` as NameMark;
}

/** The recipe of an item by the mark of its name, which does not say whether a date was written in. */
export function recipeOfMark(mark: NameMark, dated: boolean): RecipeKey {
  return recipeKey({ quality: mark.endsWith("s") ? "storage-saver" : "original", dated });
}

/** A text cut to so many UTF-16 code units, between characters and never inside one. */
export function cutTo(text: string, most: number): string {
  return text.slice(0, most).replace(/[\ud800-\udbff]$/, "");
}

/** Google's limit for a file name, extension included (fact sheet §4.1). */
const LONGEST_NAME = 255;

/**
 * The name an image is given in Google Photos, from which the ledger can be rebuilt:
 * `Pasted image 20240818091744 ~3f9a1c2b7d5e8f60o.png`. The stem is cut so that the whole fits.
 *
 * @param stem       the local name without extension; empty gives a neutral name
 * @param extension  of the type that is really sent, without the dot
 */
export function sentName(
  stem: string,
  fingerprint: Fingerprint,
  quality: Quality,
  extension: string,
): string {
  const tail = `~${nameMark(fingerprint, quality)}.${extension}`;
  const head = cutTo(stem, LONGEST_NAME - 1 - tail.length).trimEnd();
  return head === "" ? tail : `${head} ${tail}`;
}

const MARKED_NAME = /(?:^| )~([0-9a-f]{16}[os])\.[0-9A-Za-z]+$/;

/** A name we gave, without its mark. A neutral one, which is nothing else, stays: a file needs a name. */
export function unmarkedName(name: string): string {
  return name.replace(/ ~[0-9a-f]{16}[os](?=\.[0-9A-Za-z]+$)/, "");
}

/** A name we gave without what it tells of the local one: `~3f9a1c2b7d5e8f60o.png`. */
export function neutralName(name: string): string {
  return MARKED_NAME.exec(name)?.[0].trim() ?? name;
}

/** What a mark carries of a fingerprint: its first 16 digits. */
export function markOf(digits: string): string {
  return digits.slice(0, 16);
}

/** The mark at the end of a name we gave; `undefined` for names that somebody else gave. */
export function markOfName(name: string): NameMark | undefined {
  return MARKED_NAME.exec(name)?.[1] as NameMark | undefined;
}
