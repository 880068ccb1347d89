import {
  nameMark,
  recipeFrom,
  type Fingerprint,
  type KeptToken,
  type RecipeKey,
  type VaultPath,
} from "../model";

/** Google takes at most this many items in one create (fact sheet §4.1). */
export const FULL_BATCH = 50;

/** A just-pasted image is not kept waiting for others longer than this, in milliseconds. */
const PASTED_PATIENCE = 2_000;

/** No image is kept waiting for others longer than this, in milliseconds. */
const PATIENCE = 60_000;

/** A fingerprint whose bytes Google holds under a token and of which an item is to be made. */
export interface ReadyItem extends KeptToken {
  readonly path: VaultPath;
  readonly captured?: string | undefined;
  /** What lay in the file before, and was backed up. */
  readonly replaces?: Fingerprint | undefined;
  readonly pasted: boolean;
  /** Since when it waits, on the clock's `elapsed`. */
  readonly since: number;
  /** A create that did not work is not tried again before this, on the clock's `elapsed`; 0 where it may go at once. */
  readonly notBefore: number;
  /** Creates tried so far. */
  readonly attempt: number;
  /**
   * Since when an earlier create of these bytes may have been done without our knowing, on the clock's `elapsed`. While
   * that is in doubt, only the same token may be used again.
   */
  readonly doubt?: number;
  /** Items of one group go together and with nobody else, since one of them spoilt a call; 0 is the open group. */
  readonly group: number;
}

/**
 * When the next batch is due: when fifty wait, when nothing more is uploading or queued, two seconds after a
 * just-pasted image, or after a minute. On the clock's `elapsed`; `Infinity` where no item waits.
 */
export function batchDue(items: readonly ReadyItem[], moreToCome: boolean): number {
  let due = Infinity;
  let ripe = 0;
  for (const { group, pasted, since, notBefore } of items) {
    if (notBefore === 0) ripe += 1;
    const patience = group !== 0 || !moreToCome ? 0 : pasted ? PASTED_PATIENCE : PATIENCE;
    due = Math.min(due, Math.max(notBefore, since + patience));
  }
  return ripe >= FULL_BATCH ? 0 : due;
}

/**
 * Chooses the items of one create: of one album and group, ready by now, at most fifty, oldest first.
 *
 * @param purposeOf  what the album is for that an item is to come into, if any
 */
export function nextBatch(
  items: readonly ReadyItem[],
  now: number,
  purposeOf: (item: ReadyItem) => string | undefined,
): readonly ReadyItem[] {
  const ready = items.filter((item) => item.notBefore <= now);
  const first = ready[0];
  if (first === undefined) return [];
  return ready
    .filter((item) => purposeOf(item) === purposeOf(first) && item.group === first.group)
    .slice(0, FULL_BATCH);
}

/** The mark that an item made by this recipe carries. */
export function markOf(item: { readonly fingerprint: Fingerprint; readonly recipe: RecipeKey }): string {
  return nameMark(item.fingerprint, recipeFrom(item.recipe).quality);
}
