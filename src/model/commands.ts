import type { Hold } from "./hold";
import type { VaultPath } from "./image";

/** What Storage saver would save in this vault, in bytes, judged by images that were tried. */
export interface SavingEstimate {
  /** How many images were tried. */
  readonly tried: number;
  /** All images of the vault that are backed up or would be. */
  readonly bytes: number;
  readonly saved: number;
}

/** The commands that people give to backup. Some answer what keeps all from being sent even so. */
export interface BackupCommands {
  /**
   * Sends now what is not yet backed up, whatever the quiet times; also ends "off" for these images, and a pause where all
   * are meant.
   *
   * @param paths  all images of the vault where it is not given
   */
  backUp(paths?: readonly VaultPath[]): Hold | undefined;
  /** Tries failed images again, those of the whole vault or these. */
  tryAgain(paths?: readonly VaultPath[]): Hold | undefined;
  /** Stops sending after what is under way, a long upload within 8 MB; `until` in milliseconds since 1970, without it until resumed. */
  pause(until?: number): void;
  resume(): Hold | undefined;
  /** Whether somebody has paused it, whatever else is on. */
  readonly isPaused: boolean;
  /** Where the backup was interrupted, tries again at once. */
  wake(): void;
  /** Turns backup by itself off, or on again, on this device alone. */
  setOffHere(off: boolean): void;
  /** Whether backup by itself is off on this device. */
  readonly offHere: boolean;
  /**
   * Estimates what Storage saver would save; nothing is sent. Rejects with the signal's reason where it is aborted.
   *
   * @param tell  told how many images have been tried, and of how many
   */
  estimateSaving(signal: AbortSignal, tell: (done: number, of: number) => void): Promise<SavingEstimate>;
  /** Images of this note go before the rest. */
  putFirst(paths: readonly VaultPath[]): void;
}
