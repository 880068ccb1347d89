import type { Bytes } from "../content/bytes";
import type { FormatName } from "../content/formats";

/** What the page asks of the worker: one picture at a time. The bytes go over and are not copied, as those of the answer. */
export interface SaveRequest {
  readonly format: FormatName;
  readonly bytes: Bytes;
  readonly mostDecoded: number;
}

/** The worker's first word. */
export type WorkerReady = "ready";
