import type { Request } from "../call";
import { badRequest } from "../wire/refusal";
import type { Reply } from "../wire/reply";
import { acceptBytes } from "./accept-bytes";
import { admitUpload, uploadHeader, uploadName } from "./identify";

/** The raw protocol: one POST with the file's bytes, answered by a token in plain text (fact sheet §3.1). */
export async function rawUpload(request: Request): Promise<Reply> {
  const { service, incoming } = request;
  const bearer = admitUpload(request);
  const protocol = uploadHeader(incoming, "x-goog-upload-protocol");
  if (protocol !== "raw") {
    throw badRequest(`X-Goog-Upload-Protocol must be 'raw' or 'resumable', not '${protocol ?? ""}'.`);
  }
  const type = uploadHeader(incoming, "content-type") ?? "";
  if (type.startsWith("multipart/"))
    throw badRequest("The body must be the bytes of the file, not multipart.");
  const tooFast = service.quotas.upload(bearer.client, bearer.account);
  if (tooFast !== undefined) throw tooFast;
  const name = uploadName(request);
  if ("refused" in name) return name.refused;
  return acceptBytes(service, bearer, incoming.body, {
    name: name.name,
    hash: incoming.header("x-goog-hash"),
  });
}
