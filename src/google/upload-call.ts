import { uploadToken, type Clock, type UploadToken } from "../model";
import { senseless } from "./errors";
import { textOf, type Reply } from "./reply";
import { API, type Transport } from "./transport";

export const UPLOADS = `${API}/uploads`;

/** How long a request with so many bytes may take, in milliseconds: two minutes, and what 20 kB a second need. */
export function uploadTimeout(bytes: number): number {
  return 120_000 + bytes / 20;
}

/** What an upload works with. */
export interface UploadWires {
  readonly transport: Transport;
  readonly clock: Clock;
}

export interface UploadOptions {
  readonly signal: AbortSignal;
  /** Told how many bytes of the source Google holds by now; less than before where an upload starts anew. */
  readonly onSent?: (bytes: number) => void;
}

/** The token in an answer to an upload: bare text, opaque (fact sheet §3.1). */
export function tokenIn(reply: Reply): UploadToken {
  const text = textOf(reply).trim();
  // A page of something in between is no token, and an empty one is a failure.
  if (/^[^\s<>{}]+$/.test(text)) return uploadToken(text);
  throw senseless("upload");
}
