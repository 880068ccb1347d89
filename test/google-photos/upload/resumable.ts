import type { Request } from "../call";
import { badRequest, internal, noUploadSession, notFound, Refusal } from "../wire/refusal";
import { text, type Reply } from "../wire/reply";
import { bearerOf } from "../sign-in/bearer";
import { acceptBytes } from "./accept-bytes";
import { admitUpload, uploadHeader, uploadName } from "./identify";
import type { UploadSession } from "./upload-sessions";

const answer = (session: UploadSession, headers: Record<string, string> = {}, body = ""): Reply => {
  const reply = text(body);
  return { ...reply, headers: { ...reply.headers, "x-goog-upload-status": session.status, ...headers } };
};

/** A refusal that leaves the session as it is and says so, so that the client asks and goes on (§3.2). */
const stillActive = (message: string): Refusal =>
  new Refusal(400, "INVALID_ARGUMENT", message, { headers: { "x-goog-upload-status": "active" } });

/** Opens a session and answers the address to send the bytes to (fact sheet §3.2). */
export function startUpload(request: Request): Reply {
  const { service, incoming } = request;
  const bearer = admitUpload(request);
  if (incoming.body.length > 0) throw badRequest("A start command takes no body.");
  const name = uploadName(request);
  if ("refused" in name) return name.refused;
  // A start that says neither what it is nor how it is called was seen to answer 500.
  if (uploadHeader(incoming, "x-goog-upload-content-type") === undefined && name.name === null)
    throw internal();
  const size =
    uploadHeader(incoming, "x-goog-upload-raw-size") ??
    uploadHeader(incoming, "x-goog-upload-header-content-length");
  if (size === undefined || !/^\d+$/.test(size))
    throw badRequest("X-Goog-Upload-Raw-Size must be the number of bytes.");
  const tooFast = service.quotas.upload(bearer.client, bearer.account);
  if (tooFast !== undefined) throw tooFast;
  const session = service.sessions.start(bearer, name.name, Number(size));
  const url = `${service.origin}/v1/uploads?upload_id=${session.id}&upload_protocol=resumable`;
  return answer(session, {
    "x-goog-upload-url": url,
    "x-goog-upload-control-url": url,
    "x-goog-upload-chunk-granularity": String(service.switches.granularity || 1),
  });
}

function sessionOf({ service, incoming }: Request): UploadSession {
  const session = service.sessions.get(incoming.url.searchParams.get("upload_id") ?? "");
  if (session === undefined) throw notFound();
  const bearer = bearerOf(service, incoming);
  const known = bearer?.account === session.bearer.account && bearer.client === session.bearer.client;
  if (service.switches.sessionNeedsBearer && !known) throw noUploadSession();
  const spent = service.quotas.request(session.bearer.client);
  if (spent !== undefined) throw spent;
  return session;
}

function append(session: UploadSession, bytes: Buffer): void {
  session.parts.push(bytes);
  session.received += bytes.length;
}

const offsetOf = ({ incoming }: Request): number =>
  Number(uploadHeader(incoming, "x-goog-upload-offset") ?? Number.NaN);

/** Takes a chunk, and closes the session with the last. */
export async function continueUpload(request: Request): Promise<Reply> {
  const { service, incoming } = request;
  const session = sessionOf(request);
  const commands = commandsOf(incoming);
  const [uploads, finalizes] = [commands.includes("upload"), commands.includes("finalize")];
  if (session.status === "final" && finalizes && service.switches.replayFinal)
    return answer(session, {}, session.token);
  if (session.status !== "active")
    throw badRequest(`Upload has already been ${session.status === "final" ? "finalized" : "cancelled"}.`);
  const bytes = uploads ? incoming.body : Buffer.alloc(0);
  const { granularity } = service.switches;
  if (uploads && offsetOf(request) !== session.received) {
    throw stillActive(`Offset does not match: ${session.received} bytes have been received.`);
  }
  if (uploads && !finalizes && granularity > 0 && bytes.length % granularity !== 0) {
    throw stillActive(`Every chunk but the last must be a multiple of ${granularity} bytes.`);
  }
  if (session.received + bytes.length > session.total) throw stillActive("More bytes than were announced.");
  if (finalizes && session.received + bytes.length < session.total)
    throw stillActive("Fewer bytes than were announced.");
  append(session, bytes);
  if (!finalizes) return answer(session);
  const whole = Buffer.concat(session.parts);
  const accepted = await acceptBytes(service, session.bearer, whole, {
    name: session.name,
    hash: incoming.header("x-goog-hash"),
  });
  session.status = "final";
  session.token = String(accepted.body);
  session.parts = [];
  return answer(session, {}, session.token);
}

/** What came of a chunk before the line broke stays, down to a whole number of granules. */
export function keepTornChunk(request: Request): void {
  const session = request.service.sessions.get(request.incoming.url.searchParams.get("upload_id") ?? "");
  if (session?.status !== "active" || offsetOf(request) !== session.received) return;
  const granule = request.service.switches.granularity || 1;
  const { body } = request.incoming;
  append(session, body.subarray(0, body.length - (body.length % granule)));
}

export function queryUpload(request: Request): Reply {
  const session = sessionOf(request);
  const replays = session.status === "final" && request.service.switches.replayFinal;
  return answer(
    session,
    { "x-goog-upload-size-received": String(session.received) },
    replays ? session.token : "",
  );
}

export function cancelUpload(request: Request): Reply {
  const session = sessionOf(request);
  if (session.status === "final") throw badRequest("A finalized upload cannot be cancelled.");
  session.status = "cancelled";
  session.parts = [];
  return answer(session);
}

export const commandsOf = (incoming: Parameters<typeof uploadHeader>[0]): string[] =>
  (uploadHeader(incoming, "x-goog-upload-command") ?? "").split(",").map((word) => word.trim().toLowerCase());
