import { needsAttention, type ImageState, type ShownState } from "../model";

/**
 * How many images are in each state. `found` is the sum of all but `missing` and `only`, which the vault has no file of;
 * `wanting` are those that need a person's attention.
 */
export type Totals = Readonly<Record<"found" | "wanting" | ShownState["is"], number>>;

/** Totals of images that were found, while they are being counted. */
export type Tally = Record<"found" | "wanting" | ImageState["is"], number>;

export const NO_IMAGES: Readonly<Tally> = {
  found: 0,
  wanting: 0,
  waiting: 0,
  uploading: 0,
  "backed-up": 0,
  skipped: 0,
  failed: 0,
  removed: 0,
};

/** Counts an image that has come into a state (`by` 1) or has left it (`by` -1). */
export function count(tally: Tally, state: ImageState, by: 1 | -1): void {
  tally.found += by;
  tally[state.is] += by;
  if (needsAttention(state)) tally.wanting += by;
}
