import {
  orError,
  PhotosError,
  type ByteSource,
  type Clock,
  type PhotosErrorKind,
  type UploadToken,
} from "../model";
import { refusalOf, senseless } from "./errors";
import { isDone, type Reply } from "./reply";
import type { Call } from "./transport";
import { tokenIn, uploadCall, UPLOADS, type UploadOptions, type UploadWires } from "./upload-call";

/** Bytes to a request, rounded up to the server's granularity. Bounds what a phone holds in memory. */
const CHUNK = 8 * 1024 * 1024;

/** Pauses after breaks in a row, in milliseconds; one more break is the caller's. */
const PAUSES = [1_000, 4_000, 15_000, 60_000];

/** Google is waited for here no longer than this, in milliseconds: what is longer holds everything (src/backup/sending/retry.ts). */
const LONGEST_PAUSE = 5 * 60_000;

/** How often an upload may start anew. */
const FRESH_STARTS = 3;

/** Sends a command about an upload and answers what came, whatever its status. */
type Send = (command: string, headers?: Call["headers"], body?: Uint8Array<ArrayBuffer>) => Promise<Reply>;

/** An upload under way at Google. */
interface UploadSession {
  readonly send: Send;
  /** Bytes to a chunk: a multiple of the server's granularity (fact sheet §3.2). */
  readonly chunk: number;
}

/** What the server says of a session. */
type Standing =
  { readonly is: "active"; readonly held: number } | { readonly is: "over"; readonly token?: UploadToken };

/** Sends a large file in chunks, goes on after breaks, and starts anew where it must (fact sheet §3.2). */
export async function uploadInChunks(
  { transport, clock }: UploadWires,
  source: ByteSource,
  type: string,
  options: UploadOptions,
): Promise<UploadToken> {
  const sendTo =
    (url: string): Send =>
    (command, headers, body) => {
      const all = { "x-goog-upload-command": command, ...headers };
      return transport.ask(uploadCall(url, "resumable", all, body), options.signal);
    };
  for (let start = 1; start <= FRESH_STARTS; start += 1) {
    const session = await begin(sendTo, source, type);
    const token = await carryThrough(session, source, clock, options);
    if (token !== undefined) return token;
  }
  throw senseless("upload");
}

async function begin(
  sendTo: (url: string) => Send,
  source: ByteSource,
  type: string,
): Promise<UploadSession> {
  const reply = await sendTo(UPLOADS)("start", {
    "x-goog-upload-content-type": type,
    "x-goog-upload-raw-size": String(source.size),
  });
  if (!isDone(reply)) throw refusalOf(reply);
  const url = reply.headers.get("x-goog-upload-url");
  if (!url || statusOf(reply) === "final") throw senseless("upload");
  const granularity = Math.max(1, Number(reply.headers.get("x-goog-upload-chunk-granularity")) || 1);
  return { send: sendTo(url), chunk: Math.ceil(CHUNK / granularity) * granularity };
}

const statusOf = (reply: Reply): string | undefined =>
  reply.headers.get("x-goog-upload-status")?.toLowerCase();

/** Sends all chunks of a session; `undefined` where it is lost and a new one is needed. */
async function carryThrough(
  session: UploadSession,
  source: ByteSource,
  clock: Clock,
  { signal, onSent }: UploadOptions,
): Promise<UploadToken | undefined> {
  let held = 0;
  /** The most that Google has held: only more than that is a step on. */
  let most = 0;
  /** Whether it is known how much it holds: after a break it has to be asked. */
  let isSure = true;
  let breaks = 0;
  for (;;) {
    const next = isSure ? sendChunk(session, source, held) : ask(session, source.size);
    const standing = await orError(next);
    if (standing instanceof PhotosError) {
      const pause = PAUSES[breaks];
      if (pause === undefined || !MENDABLE.has(standing.kind)) throw standing;
      const ms = pauseFor(standing, pause);
      // A longer one is the caller's, who says so and sends nothing else meanwhile.
      if (ms > LONGEST_PAUSE) throw standing;
      breaks += 1;
      isSure = false;
      await clock.sleep(ms, signal);
    } else if (standing.is === "over") {
      if (standing.token !== undefined) onSent?.(source.size);
      return standing.token;
    } else {
      if (standing.held > most) breaks = 0;
      held = standing.held;
      most = Math.max(most, held);
      isSure = true;
      await onSent?.(held);
    }
  }
}

/** Kinds of break after which it is worth asking where the session stands. A wrong offset is a 4xx: `permanent`. */
const MENDABLE: ReadonlySet<PhotosErrorKind> = new Set(["transient", "offline", "permanent", "quota-minute"]);

/** Google asks for 30 s at least after a rate limit (fact sheet §7.3); a wrong offset is mended at once. */
function pauseFor({ kind, detail }: PhotosError, usual: number): number {
  if (kind === "permanent") return 0;
  return detail.retryAfter ?? (kind === "quota-minute" ? Math.max(usual, 30_000) : usual);
}

async function sendChunk(
  { send, chunk }: UploadSession,
  source: ByteSource,
  offset: number,
): Promise<Standing> {
  const end = Math.min(offset + chunk, source.size);
  const last = end === source.size;
  const headers = { "x-goog-upload-offset": String(offset) };
  const reply =
    offset === source.size
      ? await send("finalize", headers) // all bytes are there, only the answer was lost
      : await send(last ? "upload, finalize" : "upload", headers, await source.slice(offset, end));
  if (reply.status === 404) return { is: "over" };
  if (!isDone(reply)) throw refusalOf(reply);
  return last ? { is: "over", token: tokenIn(reply) } : { is: "active", held: end };
}

/** Asks how many bytes of a session Google holds. */
async function ask({ send }: UploadSession, size: number): Promise<Standing> {
  const reply = await send("query");
  const held = Number(reply.headers.get("x-goog-upload-size-received") ?? Number.NaN);
  if (statusOf(reply) === "active" && Number.isInteger(held) && held >= 0 && held <= size)
    return { is: "active", held };
  if (reply.status >= 500 || reply.status === 401 || reply.status === 429) throw refusalOf(reply);
  // Final without its token, cancelled, unknown: nothing of it can be used. Equal bytes make no second item by that.
  return { is: "over" };
}
