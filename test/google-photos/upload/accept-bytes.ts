import { createHash, randomBytes } from "node:crypto";
import { describeMedia } from "../media/describe";
import { sizeLimit } from "../media/limits";
import type { Service } from "../service";
import type { Bearer } from "../sign-in/sign-ins";
import { badRequest, Refusal } from "../wire/refusal";
import { text, type Reply } from "../wire/reply";

/** Headers that the upload server puts on every answer (fact sheet §3). */
export const uploadServer = (): Record<string, string> => ({
  server: "UploadServer",
  "x-guploader-uploadid": randomBytes(30).toString("base64url"),
});

/**
 * Checks the bytes of a finished upload against what the client said of them, keeps them, and answers the
 * token that stands for them.
 *
 * @param hash  `X-Goog-Hash`, "sha1=…" in base64, where the client sent it
 * @throws Refusal 400 for no bytes or another hash (§3.1), 413 by switch
 */
export async function acceptBytes(
  service: Service,
  bearer: Bearer,
  bytes: Buffer,
  given: { name: string | null; hash: string | undefined },
): Promise<Reply> {
  if (bytes.length === 0 && service.switches.emptyUpload === "refuse")
    throw badRequest("Payload must not be empty");
  const sha1 = /(?:^|,)\s*sha1=([^,\s]+)/.exec(given.hash ?? "")?.[1];
  if (sha1 !== undefined && sha1 !== createHash("sha1").update(bytes).digest("base64")) {
    throw badRequest("Checksum from header does not match received payload content.");
  }
  const media = describeMedia(bytes);
  if (service.switches.oversize === "413" && bytes.length > sizeLimit[media?.kind ?? "photo"]) {
    throw new Refusal(413, "OUT_OF_RANGE", "Request Entity Too Large");
  }
  const sha256 = await service.bytes.put(bytes);
  const { client, account } = bearer;
  const token = service.tokens.issue({
    client,
    account,
    sha256,
    size: bytes.length,
    filename: given.name,
    media,
  });
  return text(token);
}
