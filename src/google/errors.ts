import { PhotosError, type PhotosErrorKind, type Refusal } from "../model";
import { quotable, readRefusal, type RefusalText } from "./refusal-text";

/**
 * What kind of call it was, since the same answer can mean different things.
 *
 * - `token`   code exchange, refresh, revoke
 * - `upload`  bytes; nothing is made by them
 * - `create`  makes something that cannot be taken back: media items, an album
 * - `album`   is about one album that may be gone; may be repeated
 * - `item`    is about one media item that may be gone; may be repeated
 * - `read`    anything else; may be repeated
 */
export type CallKind = "token" | "upload" | "create" | "album" | "item" | "read";

/** What was seen of a call that did not work. */
export type Seen =
  | { readonly answered: { readonly status: number; readonly headers: Headers; readonly body: string } }
  /** The transport failed; its error's words. */
  | { readonly failed: string }
  /** We stopped waiting. */
  | { readonly timedOut: true }
  /** A 2xx answer that makes no sense, as from a hotel's sign-in page. */
  | { readonly unreadable: string; readonly status: number };

/**
 * What a failed call amounts to: a kind of error or, for `refused`, what Google refuses. The words are checked in this
 * order, since statuses lie (fact sheet §3.1, §4.1).
 */
type Verdict = PhotosErrorKind | Refusal;

const RATE =
  /Insufficient tokens for quota|Quota exceeded|rateLimitExceeded|RESOURCE_EXHAUSTED|RATE_LIMIT_EXCEEDED/i;
const DAILY = /per day|PerDay|dailyLimit|\bdaily\b/i;
const CONCURRENT = /concurrent write/i;
const STORAGE = /remaining storage|storage quota|storage\b.*\b(?:not enough|insufficient|full|exceed)/i;
/** What sentences and names say that mean the same whatever was asked. */
const SAID: readonly (readonly [words: RegExp, Verdict])[] = [
  [/insufficient authentication scopes|SCOPE_INSUFFICIENT|insufficientPermissions/i, "scope-missing"],
  [/disabled for the user/i, "account-blocked"],
  [/has not been used in project|API .*\bdisabled\b|SERVICE_DISABLED|accessNotConfigured/i, "api-off"],
  [/upload token/i, "bad-token"],
  [/(?:permission to add media items to this|match any|invalid) album/i, "bad-album"],
  [/invalid media item id|duplicated ids|Payload must not be empty/i, "bad-item"],
];
const NO_SESSION = /Authentication session is not defined/i;

function ofTokenCall(status: number, { names }: RefusalText): Verdict {
  const says = (...wanted: readonly string[]): boolean => wanted.some((name) => names.includes(name));
  if (says("invalid_grant")) return "signed-out";
  if (says("invalid_client", "unauthorized_client", "deleted_client", "no-secret")) return "client-wrong";
  if (says("admin_policy_enforced", "org_internal")) return "account-blocked";
  return ofStatus(status);
}

function ofText(call: CallKind, status: number, { message, names, code }: RefusalText): Verdict | undefined {
  const words = [message, ...names].join("\n");
  if (STORAGE.test(words)) return "storage-full";
  if (status === 429 || RATE.test(words)) {
    if (CONCURRENT.test(words)) return "concurrent";
    return DAILY.test(words) ? "quota-day" : "quota-minute";
  }
  // Uploads say a missing scope as a bare 401 (fact sheet §2); a token that is merely old has been renewed before.
  if (call === "upload" && (NO_SESSION.test(words) || code === 16)) return "scope-missing";
  const said = SAID.find(([pattern]) => pattern.test(words));
  if (said) return said[1];
  // Only in Google's own words: a proxy's page must not pass for "gone".
  const inWords = words.trim() !== "";
  if (call === "album" && inWords && (status === 404 || status === 403)) return "bad-album";
  if (call === "item" && inWords && status === 404) return "bad-item";
  return status === 403 && words.includes("PERMISSION_DENIED") ? "account-blocked" : undefined;
}

/** 401 after a renewed token, 407 and a 403 in HTML come from what stands between, or from a moment's trouble. */
const PASSING: ReadonlySet<number> = new Set([401, 403, 407, 408, 409]);

function ofStatus(status: number): Verdict {
  if (status === 429) return "quota-minute";
  if (status === 413) return "bad-item";
  return status >= 500 || status < 400 || PASSING.has(status) ? "transient" : "permanent";
}

function ofAnswer(call: CallKind, status: number, text: RefusalText): Verdict {
  if (call === "token") return ofTokenCall(status, text);
  // A gateway's time-out says that the create goes on behind it.
  if (call === "create" && (status === 504 || status === 408)) return "outcome-unknown";
  return ofText(call, status, text) ?? ofStatus(status);
}

/** No connection was ever made, whoever says so: Chromium, Node, the DNS of Android and iOS. */
const NEVER_CONNECTED =
  /ERR_INTERNET_DISCONNECTED|ERR_NAME_NOT_RESOLVED|ERR_CONNECTION_REFUSED|ERR_PROXY_CONNECTION_FAILED|ERR_TUNNEL_CONNECTION_FAILED|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|Unable to resolve host|specified hostname could not be found/i;

/** The network is away. Said also of connections that stood, so a create may have been done before. */
const NETWORK_AWAY =
  /ERR_ADDRESS_UNREACHABLE|ERR_CONNECTION_TIMED_OUT|ERR_NETWORK_CHANGED|ERR_NETWORK_IO_SUSPENDED|ENETUNREACH|EHOSTUNREACH|ENETDOWN|CONNECT_TIMEOUT|appears to be offline|could not connect to the server|failed to connect to/i;

function ofFailure(call: CallKind, words: string): Verdict {
  if (NEVER_CONNECTED.test(words)) return "offline";
  return call !== "create" && NETWORK_AWAY.test(words) ? "offline" : withoutAnswer(call);
}

/** Where nothing is known but that no answer came which makes sense. */
function withoutAnswer(call: CallKind): Verdict {
  return call === "create" ? "outcome-unknown" : "transient";
}

/**
 * What Google asked us to wait, in milliseconds, from a `Retry-After` in seconds or as a date (RFC 9110 §10.2.3).
 *
 * @param now  milliseconds since 1970
 */
export function retryAfter(headers: Headers, now: number): number | undefined {
  const value = headers.get("retry-after")?.trim();
  if (value === undefined || value === "") return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

const SENTENCE: Readonly<Record<PhotosErrorKind, string>> = {
  "signed-out": "The sign-in to Google has ended.",
  refused: "Google refuses this client.",
  "quota-minute": "Google asks for fewer requests per minute.",
  "quota-day": "The project's daily quota is used up.",
  concurrent: "Another write to this account was under way.",
  "storage-full": "The Google account has no storage left.",
  offline: "No connection could be made.",
  transient: "Google could not answer just now.",
  "outcome-unknown": "No answer came; it may have been done.",
  "bad-token": "An upload is unknown to Google or too old.",
  "bad-album": "The album is gone or not ours.",
  "bad-item": "Google does not take this item.",
  permanent: "Google refuses the request.",
};

/**
 * The one taxonomy: what a call that did not work means, from status, code and text together
 * (fact sheet §1.6, §3.1, §4.1, §7.4). The message is our sentence, with Google's where it is safe to show.
 *
 * @param now  milliseconds since 1970, to read a `Retry-After` date
 */
export function photosErrorOf(call: CallKind, seen: Seen, now: number): PhotosError {
  if ("failed" in seen) return make(ofFailure(call, seen.failed));
  if ("timedOut" in seen) return make(withoutAnswer(call));
  if ("unreadable" in seen) return make(withoutAnswer(call), seen.unreadable, { status: seen.status });
  const { status, headers, body } = seen.answered;
  const text = readRefusal(body);
  const wait = retryAfter(headers, now);
  return make(ofAnswer(call, status, text), text.message, {
    status,
    ...(wait === undefined ? {} : { retryAfter: wait }),
  });
}

function make(verdict: Verdict, said = "", detail: PhotosError["detail"] = {}): PhotosError {
  const isKind = verdict in SENTENCE;
  const kind = isKind ? (verdict as PhotosErrorKind) : "refused";
  const quote = quotable(said);
  return new PhotosError(kind, quote === "" ? SENTENCE[kind] : `${SENTENCE[kind]} (${quote})`, {
    ...detail,
    ...(isKind ? {} : { refusal: verdict as Refusal }),
    ...(kind === "signed-out" ? { ended: true } : {}),
  });
}
