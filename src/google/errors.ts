import { PhotosError, readJson, type PhotosErrorKind, type Refusal } from "../model";
import { textOf, type CallKind, type Reply } from "./reply";

/** What a failed call amounts to: a kind of error or, for `refused`, what Google refuses. */
type Verdict = PhotosErrorKind | { readonly refused: Refusal };

/** Words, and what they mean; looked for in this order, since statuses lie (fact sheet §3.1, §4.1). */
type Meanings = readonly (readonly [words: RegExp, Verdict])[];

const RATE =
  /Insufficient tokens for quota|Quota exceeded|rateLimitExceeded|RESOURCE_EXHAUSTED|RATE_LIMIT_EXCEEDED/i;
const DAILY = /per day|PerDay|dailyLimit|\bdaily\b/i;
const CONCURRENT = /concurrent write/i;
const STORAGE = /remaining storage|storage quota|storage\b[^"]*\b(?:not enough|insufficient|full|exceed)/i;
/** What sentences and names say that mean the same whatever was asked of the library. */
const SAID: Meanings = [
  [
    /insufficient authentication scopes|SCOPE_INSUFFICIENT|insufficientPermissions/i,
    { refused: "scope-missing" },
  ],
  [/disabled for the user/i, { refused: "account-blocked" }],
  [
    /has not been used in project|API [^"]*\bdisabled\b|SERVICE_DISABLED|accessNotConfigured/i,
    { refused: "api-off" },
  ],
  [/upload token/i, "bad-token"],
  [/(?:permission to add media items to this|match any|invalid) album/i, "bad-album"],
  [/invalid media item id|duplicated ids|Payload must not be empty/i, "bad-item"],
];
/** What the token endpoint says (fact sheet §1.6). A sentence that only speaks of such an error has quotes of its own. */
const SAID_OF_TOKENS: Meanings = [
  [/"error":"invalid_grant"/, "signed-out"],
  [/"error":"(?:invalid|unauthorized|deleted)_client"|client_secret is missing/, { refused: "client-wrong" }],
  [/\b(?:admin_policy_enforced|org_internal)\b/, { refused: "account-blocked" }],
];
/** Said by name, or by gRPC code in the bare status object of an upload (fact sheet §3.1). */
const NO_SESSION = /Authentication session is not defined|"code":16\b/i;

/** What each of Google's forms holds: the library's (fact sheet §7.4), the token endpoint's (§1.6), that of uploads (§3.1). */
const GOOGLES = /"(?:error|code)":/;

/** The library's form alone: a proxy's page or JSON must not pass for "gone". */
const LIBRARYS = /"error":\{/;

/** The JSON by which Google says why, in one spelling; nothing where something in between answers, as with a page. */
function wordsIn(reply: Reply): string {
  const words = readJson(JSON.stringify, textOf(reply)) ?? "";
  return GOOGLES.test(words) ? words : "";
}

function meaningOf(words: string, meanings: Meanings): Verdict | undefined {
  return meanings.find(([pattern]) => pattern.test(words))?.[1];
}

/** Only where nothing is said, the status decides. */
function ofAnswer(call: CallKind, status: number, words: string): Verdict {
  // A gateway's time-out says that the create goes on behind it.
  if (call === "create" && (status === 504 || status === 408)) return "outcome-unknown";
  if (call === "token") return meaningOf(words, SAID_OF_TOKENS) ?? ofStatus(status);
  if (STORAGE.test(words)) return "storage-full";
  if (status === 429 || RATE.test(words)) {
    if (CONCURRENT.test(words)) return "concurrent";
    return DAILY.test(words) ? "quota-day" : "quota-minute";
  }
  // Uploads say a missing scope as a bare 401 (fact sheet §2); a token that is merely old has been renewed before.
  if (call === "upload" && NO_SESSION.test(words)) return { refused: "scope-missing" };
  const said = meaningOf(words, SAID);
  if (said !== undefined) return said;
  const isLibrarys = LIBRARYS.test(words);
  if (call === "album" && isLibrarys && (status === 404 || status === 403)) return "bad-album";
  if (call === "item" && isLibrarys && status === 404) return "bad-item";
  if (status === 403 && words.includes("PERMISSION_DENIED")) return { refused: "account-blocked" };
  return ofStatus(status);
}

/** 401 after a renewed token, 407 and a 403 in HTML come from what stands between, or from a moment's trouble. */
const PASSING: ReadonlySet<number> = new Set([401, 403, 407, 408, 409]);

function ofStatus(status: number): Verdict {
  if (status === 429) return "quota-minute";
  if (status === 413) return "bad-item";
  return status >= 500 || status < 400 || PASSING.has(status) ? "transient" : "permanent";
}

/** No connection was ever made, whoever says so: Chromium, or the DNS of Android and iOS. */
const NEVER_CONNECTED =
  /ERR_INTERNET_DISCONNECTED|ERR_NAME_NOT_RESOLVED|ERR_CONNECTION_REFUSED|ERR_PROXY_CONNECTION_FAILED|ERR_TUNNEL_CONNECTION_FAILED|Unable to resolve host|specified hostname could not be found/i;

/** The network is away. Said also of connections that stood, so a create may have been done before. */
const NETWORK_AWAY =
  /ERR_ADDRESS_UNREACHABLE|ERR_CONNECTION_TIMED_OUT|ERR_NETWORK_CHANGED|ERR_NETWORK_IO_SUSPENDED|appears to be offline|could not connect to the server|failed to connect to/i;

/** Where nothing is known but that no answer came which makes sense. */
function withoutAnswer(call: CallKind): PhotosErrorKind {
  return call === "create" ? "outcome-unknown" : "transient";
}

/** A limit lasts for an hour at most (fact sheet §9.1); in milliseconds. */
const LONGEST_BREAK = 3_600_000;

/**
 * What Google asked us to wait, in milliseconds, from a `Retry-After` in seconds or as a date (RFC 9110 §10.2.3).
 *
 * @param now  milliseconds since 1970
 */
function retryAfter(headers: Reply["headers"], now: number): number | undefined {
  const value = headers.get("retry-after")?.trim() ?? "";
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : Math.max(0, Date.parse(value) - now);
  // A date may be a year away where the clock is wrong.
  return Number.isNaN(wait) ? undefined : Math.min(wait, LONGEST_BREAK);
}

/**
 * No answer came, in time or at all.
 *
 * @param words  of the transport's error
 */
export function unanswered(call: CallKind, words: string): PhotosError {
  const isAway = NEVER_CONNECTED.test(words) || (call !== "create" && NETWORK_AWAY.test(words));
  return new PhotosError(isAway ? "offline" : withoutAnswer(call));
}

/** A 2xx came that is not what it should be, as from a hotel's sign-in page. */
export function senseless(call: CallKind): PhotosError {
  return new PhotosError(withoutAnswer(call), { status: 200 });
}

/** What an answer outside of 2xx means, from status, code and text together (fact sheet §1.6, §3.1, §4.1, §7.4). */
export function refusalOf(reply: Reply): PhotosError {
  const { kind, status, headers, at } = reply;
  const verdict = ofAnswer(kind, status, wordsIn(reply));
  const detail = { status, retryAfter: retryAfter(headers, at) };
  if (typeof verdict === "object") return new PhotosError("refused", { ...detail, refusal: verdict.refused });
  return new PhotosError(verdict, { ...detail, ...(verdict === "signed-out" && { ended: true }) });
}
