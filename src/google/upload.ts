import type { ByteSource, UploadToken } from "../model";
import { uploadInChunks } from "./resumable-upload";
import { tokenIn, uploadCall, UPLOADS, type UploadOptions, type UploadWires } from "./upload-call";

/** Up to this size, in bytes, one request carries the whole: a day has 10,000 requests (fact sheet §7.1). */
export const WHOLE_UP_TO = 16 * 1024 * 1024;

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
  const headers = { "content-type": "application/octet-stream", "x-goog-upload-content-type": type };
  const call = uploadCall(UPLOADS, "raw", headers, await source.slice(0, source.size));
  const token = tokenIn(await wires.transport.send(call, options.signal));
  options.onSent?.(source.size);
  return token;
}
