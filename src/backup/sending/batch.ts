import type { Fingerprint, KeptToken, VaultPath } from "../../model";

/** Google takes at most this many items in one create (fact sheet §4.1). */
export const FULL_BATCH = 50;

/** A just-pasted image is not kept waiting for others longer than this, in milliseconds. */
const PASTED_PATIENCE = 2_000;

/** No image is kept waiting for others longer than this, in milliseconds. */
const PATIENCE = 60_000;

/** A fingerprint whose bytes Google holds under a token and of which an item is to be made. */
export interface ReadyItem extends KeptToken {
  readonly path: VaultPath;
  /** What lay in the file before, and was backed up. */
  readonly replaces?: Fingerprint | undefined;
  readonly pasted: boolean;
  /** Another device may be sending it as well: its file came while the vault was watched. */
  readonly hasCome?: boolean | undefined;
  /** Since when it waits, on the clock's `elapsed`. */
  readonly since: number;
  /** An earlier create of these bytes may have been done without our knowing: only the same token may be used again. */
  readonly doubt?: true;
}

/**
 * When the next batch is due: when as many wait as go together, when nothing more is uploading or queued, two seconds after
 * a just-pasted image, or after a minute. On the clock's `elapsed`; `Infinity` where no item waits.
 */
export function batchDue(items: readonly ReadyItem[], most: number, moreToCome: boolean): number {
  if (items.length >= most) return 0;
  const patience = (pasted: boolean): number => (!moreToCome ? 0 : pasted ? PASTED_PATIENCE : PATIENCE);
  return Math.min(...items.map(({ pasted, since }) => since + patience(pasted)));
}

/**
 * Chooses the items of one create: of one album, at most so many, oldest first.
 *
 * @param purposeOf  what the album is for that an item is to come into, if any
 */
export function nextBatch(
  items: readonly ReadyItem[],
  most: number,
  purposeOf: (item: ReadyItem) => string | undefined,
): readonly ReadyItem[] {
  const purposes = items.map(purposeOf);
  return items.filter((_, place) => purposes[place] === purposes[0]).slice(0, most);
}
