import { hasText, type Stretch } from "./bytes";

/** A part of a file that bears a name, such as a chunk, a segment or a box; the stretch is its content. */
export interface Part extends Stretch {
  readonly name: string;
  /** Where it begins, name and length included. */
  readonly at: number;
  /** Where the next one begins. */
  readonly next: number;
}

export interface Parts {
  /** Those that lie whole in the file. */
  readonly whole: readonly Part[];
  /** The one in which the file ends. */
  readonly cut?: Part;
}

/** No real file has as many; a hostile one shall not fill the memory. */
const MOST_PARTS = 100_000;

/**
 * Reads the parts of a file, one after another.
 *
 * @param readPart  reads the part that begins at a place; `undefined` where there is none
 * @param last      names of parts behind which nothing is looked at
 */
export function readParts(
  bytes: Uint8Array,
  from: number,
  readPart: (bytes: Uint8Array, at: number) => Part | undefined,
  last: readonly string[] = [],
): Parts {
  const whole: Part[] = [];
  let part = readPart(bytes, from);
  while (part && whole.length < MOST_PARTS) {
    if (part.end < part.start || part.end > bytes.length) return { whole, cut: part };
    whole.push(part);
    part = last.includes(part.name) ? undefined : readPart(bytes, part.next);
  }
  return { whole };
}

/** The first whole part of a name whose content begins with a text. */
export function partNamed(
  bytes: Uint8Array,
  { whole }: Parts,
  name: string,
  beginning = "",
): Part | undefined {
  return whole.find((part) => part.name === name && begins(bytes, part, beginning));
}

/** Whether a stretch of a file begins with a text. */
export function begins(bytes: Uint8Array, { start, end }: Stretch, text: string): boolean {
  return start + text.length <= end && hasText(bytes, start, text);
}

/** A part, or another stretch, without the text that its content begins with. */
export const behind = <Some extends Stretch>(some: Some, text: string): Some => ({
  ...some,
  start: some.start + text.length,
});
