import { createHash } from "node:crypto";

/**
 * A number from 0 up to 1 that is always the same for the same words: what a rate strikes depends on the
 * seed and on how many requests of its kind have come, never on what other kinds did meanwhile.
 */
export function seeded(...words: readonly (string | number)[]): number {
  return createHash("sha256").update(words.join("|")).digest().readUIntBE(0, 6) / 2 ** 48;
}

/** The same entries in an order that the seed decides. */
export function shuffled<T>(entries: readonly T[], ...seed: readonly (string | number)[]): T[] {
  const drawn = entries.map((entry, n) => ({ entry, at: seeded(...seed, n) }));
  return drawn.sort((a, b) => a.at - b.at).map(({ entry }) => entry);
}
