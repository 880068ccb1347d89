import type { Bytes } from "../content/bytes";
import type { FormatName } from "../content/formats";
import type { LeftReason, SavedPicture } from "./save-storage";

/** What the page asks of the worker: one picture at a time. The bytes go over and are not copied. */
export interface SaveRequest {
  readonly format: FormatName;
  readonly bytes: Bytes;
  readonly mostDecoded: number;
}

/** The worker's answer; what is left as it is comes back with its bytes. */
export type SaveAnswer =
  { readonly saved: SavedPicture } | { readonly left: LeftReason; readonly bytes: Bytes };

/** The worker's first word. */
export type WorkerReady = "ready";
