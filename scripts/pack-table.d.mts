/**
 * Packs a table of texts for main.js: without keys, one text a line in the order of `keys`.
 *
 * @throws Error  where a line of the table is none, or a text holds what has a meaning in a packed table
 */
export function packTable(table: string, keys: readonly string[]): string;

/** Packs texts, each whole or its plural forms, in their order. */
export function packTexts(texts: readonly (string | Readonly<Record<string, string>>)[]): string;

/**
 * Finds seeds by which every key has a place of its own, as `placeBy` of `src/i18n/packed.ts` reads them.
 *
 * @param scatter  that of `src/model/scatter.ts`
 * @returns `order` has the keys by their places
 */
export function placeKeys(
  keys: readonly string[],
  scatter: (key: string, seed: number) => number,
): { readonly seeds: readonly number[]; readonly order: readonly string[] };
