/**
 * Packs a table of texts for main.js: without keys, one text a line in the order of `keys`.
 *
 * @throws Error  where a line of the table is none, or a text holds what has a meaning in a packed table
 */
export function packTable(table: string, keys: readonly string[]): string;

/** Packs texts, each whole or its plural forms, in their order. */
export function packTexts(texts: readonly (string | Readonly<Record<string, string>>)[]): string;

/** Packs keys as `src/i18n/packed.ts` reads them. */
export function packKeys(keys: readonly string[]): string;
