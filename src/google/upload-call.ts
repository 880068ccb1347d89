import { uploadToken, type Clock, type UploadToken } from "../model";
import { senseless } from "./errors";
import { textOf, type Reply } from "./reply";
import { API, type Call, type Transport } from "./transport";

export const UPLOADS = `${API}/uploads`;

/** What an upload works with. */
export interface UploadWires {
  readonly transport: Transport;
  readonly clock: Clock;
}

export interface UploadOptions {
  readonly signal: AbortSignal;
  /**
   * Told how many bytes of the source Google holds by now; less than before where an upload starts anew. The next ones are
   * sent once its promise resolves.
   */
  readonly onSent?: (bytes: number) => unknown;
}

/** A call of an upload. It may take two minutes, and what 20 kB a second need. */
export function uploadCall(
  url: string,
  protocol: "raw" | "resumable",
  headers: Call["headers"],
  body: Uint8Array<ArrayBuffer> | null = null,
): Call {
  return {
    kind: "upload",
    method: "POST",
    url,
    headers: { "x-goog-upload-protocol": protocol, ...headers },
    body,
    timeout: 120_000 + (body?.length ?? 0) / 20,
  };
}

/** The token in an answer to an upload: bare text, opaque (fact sheet §3.1). */
export function tokenIn(reply: Reply): UploadToken {
  const text = textOf(reply).trim();
  // A page of something in between is no token, and an empty one is a failure.
  if (/^[^\s<>{}]+$/.test(text)) return uploadToken(text);
  throw senseless("upload");
}
