import { isOfPerson, type Hold } from "../model";
import type { Run } from "./run";
import type { Totals } from "./totals";

/** How things stand, in one value; every surface words it through `i18n/`. */
export type Headline =
  /** Nothing is sent now; `left` images would be. */
  | { readonly is: "hold"; readonly hold: Hold; readonly left: number }
  | { readonly is: "backing-up"; readonly done: number; readonly of: number }
  /** `images`: of how many it is said. */
  | { readonly is: CalmHeadline; readonly images: number };

type CalmHeadline =
  /** The vault has not been looked through yet. */
  | "looking"
  | "nothing-found"
  /** Images wait for their turn, such as one that was only just changed. */
  | "waiting"
  /** All that can be done is done, and a person should look at some images. */
  | "attention"
  /** Nothing is to be done, and nothing is backed up: the chosen folders may be gone. */
  | "all-skipped"
  | "complete";

/** What the headline is made of. */
export interface Standing {
  readonly looked: boolean;
  readonly totals: Totals;
  readonly hold: Hold | undefined;
  readonly run: Run;
}

/** Folds all that is known into the one thing to say. */
export function headlineOf({ looked, totals, hold, run }: Standing): Headline {
  const { found, wanting, uploading } = totals;
  const left = totals.waiting + uploading;
  // Nothing is looked through while it has stopped, and whatever else is said may be out of date.
  if (hold?.why === "stopped") return { is: "hold", hold, left };
  if (!looked) return { is: "looking", images: 0 };
  // Where nothing waits, only what would keep a new image from being sent and does not pass is worth telling of.
  if (hold && (left > 0 || isOfPerson(hold))) return { is: "hold", hold, left };
  if (found === 0 && wanting === 0) return { is: "nothing-found", images: 0 };
  if (left > 0 && (run.is === "running" || uploading > 0)) {
    const done = run.is === "running" ? run.done : 0;
    return { is: "backing-up", done, of: done + left };
  }
  if (left > 0) return { is: "waiting", images: left };
  if (wanting > 0) return { is: "attention", images: wanting };
  const images = totals["backed-up"];
  return { is: images > 0 ? "complete" : "all-skipped", images };
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
