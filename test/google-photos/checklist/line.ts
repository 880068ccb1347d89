import type { GooglePhotos, Switches } from "../index";
import type { PlainClient } from "../plain-client";

/** Starts an emulator for a case; the switches it names are those that the case is about. */
export type Open = (switches?: Partial<Switches>) => Promise<{ google: GooglePhotos; client: PlainClient }>;

/** One thing that a line of the fact sheet's checklist (§11) says, as a case that can be run under any switches. */
export interface Line {
  /** Its number in the checklist. */
  readonly line: number;
  readonly says: string;
  /** Switches that make it untrue, each by itself: the case must be seen to fail with them. */
  readonly flips: readonly Partial<Switches>[];
  /** Rejects with an assertion where the service behaves otherwise. */
  holds(open: Open): Promise<void>;
}

export const DAY = 24 * 3600 * 1000;
