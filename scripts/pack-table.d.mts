/**
 * Packs a table of texts for main.js: without keys, one text a line in the order of `keys`.
 *
 * @throws Error  where a line of the table is none, or a text holds what has a meaning in a packed table
 */
export function packTable(table: string, keys: readonly string[]): string;
