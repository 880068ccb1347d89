import { needsPerson, type Hold, type Totals } from "../model";
import type { Run } from "./run";

/** How things stand, in one value; every surface words it through `i18n/`. */
export type Headline =
  /** The vault has not been looked through yet. */
  | { readonly is: "looking" }
  | { readonly is: "nothing-found" }
  /** Nothing is sent now; `left` images would be. */
  | { readonly is: "hold"; readonly hold: Hold; readonly left: number }
  | { readonly is: "backing-up"; readonly done: number; readonly of: number }
  /** Images wait for their turn, such as one that was only just changed. */
  | { readonly is: "waiting"; readonly left: number }
  /** All that can be done is done, and a person should look at some images. */
  | { readonly is: "attention"; readonly images: number }
  | { readonly is: "complete"; readonly images: number };

/** What the headline is made of. */
export interface Standing {
  readonly looked: boolean;
  readonly totals: Totals;
  /** Images that need attention, missing ones included. */
  readonly wanting: number;
  readonly hold: Hold | undefined;
  readonly run: Run;
}

/**
 * Whether a hold is worth telling of when nothing waits to be sent: only where a new image would be kept from being
 * sent for a reason that does not pass.
 */
function isStandingFact(hold: Hold): boolean {
  return needsPerson(hold) || hold.why === "paused";
}

/** Folds all that is known into the one thing to say. */
export function headlineOf({ looked, totals, wanting, hold, run }: Standing): Headline {
  const left = totals.waiting + totals.uploading;
  // Nothing is looked through while it has stopped, and whatever else is said may be out of date.
  if (hold?.why === "stopped") return { is: "hold", hold, left };
  if (!looked) return { is: "looking" };
  if (hold && (left > 0 || isStandingFact(hold))) return { is: "hold", hold, left };
  if (totals.found === 0 && wanting === 0) return { is: "nothing-found" };
  if (left > 0 && (run.is === "running" || totals.uploading > 0)) {
    const done = run.is === "running" ? run.done : 0;
    return { is: "backing-up", done, of: done + left };
  }
  if (left > 0) return { is: "waiting", left };
  return wanting > 0 ? { is: "attention", images: wanting } : { is: "complete", images: totals.backedUp };
}

/**
 * Whether the backup has come to rest, with all done or under a hold. Failed images that are tried again later count as
 * settled: nothing happens to them soon.
 */
export function isSettled({ looked, totals, hold, run }: Standing): boolean {
  if (hold?.why === "stopped") return true;
  if (!looked || run.is === "running" || totals.uploading > 0) return false;
  return totals.waiting === 0 || hold !== undefined;
}
