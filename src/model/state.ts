import type { VaultPath } from "./image";
import type { MediaItem } from "./media-item";
import { isByChoice, type FailReason, type SkipReason } from "./reasons";

/** Exactly one at a time for each image that was found. Times are milliseconds since 1970. */
export type ImageState =
  | { readonly is: "waiting" }
  /** `percent` of a file that is sent in several pieces; told of no other. */
  | { readonly is: "uploading"; readonly percent?: number }
  /**
   * `doubles`: so many other items stand for the same bytes; two devices have met. `saved`: bytes by which the copy that
   * was sent is smaller than the file, where Storage saver made it.
   */
  | {
      readonly is: "backed-up";
      readonly item: MediaItem;
      readonly doubles?: number | undefined;
      readonly saved?: number | undefined;
    }
  | { readonly is: "skipped"; readonly because: SkipReason }
  | { readonly is: "failed"; readonly because: FailReason; readonly retryAt?: number }
  | ({ readonly is: "removed" } & Removal);

/** An item that is gone from Google Photos. */
export interface Removal {
  readonly item: MediaItem;
  /** It was sent again and stayed invisible: it lies in the bin. */
  readonly bin?: true | undefined;
  /** The person leaves it so. */
  readonly left?: true | undefined;
}

/** An image that the vault has no file of and Google Photos has: a note asks for a missing one, and for the others none. */
export interface AwayImage {
  readonly is: "missing" | "only";
  /** Of its own, where no file lies: as a note's link names it, or where it lay. */
  readonly path: VaultPath;
  readonly item: MediaItem;
}

/** How any image is shown, whether the vault has a file of it or not. */
export type ShownState = ImageState | AwayImage;

/** Names of the states an image that was found can be in. */
export type StateName = ImageState["is"];

export const WAITING: ImageState = { is: "waiting" };

/** What a note's images amount to. `safe` and `of` leave out images skipped by their type or folder. */
export interface NoteState {
  readonly is: "none" | "safe" | "partly" | "attention";
  readonly safe: number;
  readonly of: number;
  readonly wanting: number;
}

/** Whether an image is yet to be sent, or on its way. */
export function isComing(state: ShownState | undefined): boolean {
  return state?.is === "waiting" || state?.is === "uploading";
}

/** Whether a person should look at an image: it is failed, missing, removed and not left so, over a limit or broken. */
export function needsAttention(state: ShownState | undefined): boolean {
  switch (state?.is) {
    case "failed":
    case "missing":
      return true;
    case "removed":
      return state.left !== true;
    case "skipped":
      return !isByChoice(state.because);
    default:
      state?.is satisfies "waiting" | "uploading" | "backed-up" | "only" | undefined;
      return false;
  }
}

/**
 * Folds the states of a note's images, each image once, into the note's.
 *
 * @param missing  how many images the note embeds that are backed up and lost from the vault
 */
export function noteState(states: Iterable<ImageState>, missing = 0): NoteState {
  let of = missing;
  let safe = 0;
  let wanting = missing;
  for (const state of states) {
    if (state.is === "skipped" && isByChoice(state.because)) continue;
    of += 1;
    if (state.is === "backed-up") safe += 1;
    if (needsAttention(state)) wanting += 1;
  }
  const is = of === 0 ? "none" : wanting > 0 ? "attention" : safe === of ? "safe" : "partly";
  return { is, safe, of, wanting };
}
