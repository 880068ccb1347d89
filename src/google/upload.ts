import { uploadToken, type ByteSource, type Clock, type UploadToken } from "../model";
import { photosErrorOf } from "./errors";
import { textOf, type Reply } from "./exchange";
import { uploadInChunks } from "./resumable-upload";
import type { Transport } from "./transport";

export const UPLOADS = "https://photoslibrary.googleapis.com/v1/uploads";

/** Up to this size, in bytes, one request carries the whole: a day has 10,000 requests (fact sheet §7.1). */
export const WHOLE_UP_TO = 16 * 1024 * 1024;

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

/**
 * Sends one file's bytes and answers the token that stands for them.
 *
 * @param source  at most 200 MB for a photo, 20 GB for a video (fact sheet §6)
 * @param type    MIME type by content, never by name
 * @returns       the upload token; good for one day (§3.3)
 * @throws PhotosError  of any kind but `outcome-unknown`: bytes without a create are nothing yet
 */
export async function upload(
  wires: UploadWires,
  source: ByteSource,
  type: string,
  options: UploadOptions,
): Promise<UploadToken> {
  if (source.size > WHOLE_UP_TO) return uploadInChunks(wires, source, type, options);
  const call = {
    kind: "upload",
    method: "POST",
    url: UPLOADS,
    headers: {
      "content-type": "application/octet-stream",
      "x-goog-upload-protocol": "raw",
      "x-goog-upload-content-type": type,
    },
    body: await source.slice(0, source.size),
    timeout: uploadTimeout(source.size),
  } as const;
  const token = tokenIn(await wires.transport.send(call, options.signal), wires.clock);
  options.onSent?.(source.size);
  return token;
}

/** The token in an answer to an upload: bare text, opaque (fact sheet §3.1). */
export function tokenIn(reply: Reply, clock: Clock): UploadToken {
  const text = textOf(reply).trim();
  // A page of something in between is no token, and an empty one is a failure.
  if (/^[^\s<>{}]+$/.test(text)) return uploadToken(text);
  throw photosErrorOf(
    "upload",
    { unreadable: "no upload token in the answer", status: reply.status },
    clock.now(),
  );
}
