import type { FailReason, ImageState, NoteState, SkipReason } from "../model";
import type { Totals } from "./totals";

/** The whole status as plain numbers, for the command line and for scripts. */
export interface Summary {
  readonly found: number;
  readonly backedUp: number;
  readonly skipped: number;
  readonly failed: number;
  /** Waiting for their turn, or on their way. */
  readonly waiting: number;
  readonly removed: number;
  /** Not part of `found`: backed up, and lost from the vault while a note asks for them. */
  readonly missing: number;
  readonly skippedBy: Readonly<Partial<Record<SkipReason, number>>>;
  readonly failedBy: Readonly<Partial<Record<FailReason, number>>>;
  readonly notes: {
    readonly total: number;
    /** Notes with images that count, see `noteState`. */
    readonly withImages: number;
    /** Of these, the ones whose images are all backed up. */
    readonly safe: number;
  };
}

export function summaryOf(totals: Totals, states: Iterable<ImageState>, notes: Iterable<NoteState>): Summary {
  const reasons: Record<"skipped" | "failed", Record<string, number>> = { skipped: {}, failed: {} };
  for (const state of states) {
    if (!("because" in state)) continue;
    const counts = reasons[state.is];
    counts[state.because] = (counts[state.because] ?? 0) + 1;
  }
  const counts = { total: 0, withImages: 0, safe: 0 };
  for (const note of notes) {
    counts.total += 1;
    if (note.is !== "none") counts.withImages += 1;
    if (note.is === "safe") counts.safe += 1;
  }
  const { found, "backed-up": backedUp, skipped, failed, waiting, uploading, removed, missing } = totals;
  return {
    found,
    backedUp,
    skipped,
    failed,
    waiting: waiting + uploading,
    removed,
    missing,
    skippedBy: reasons.skipped,
    failedBy: reasons.failed,
    notes: counts,
  };
}
