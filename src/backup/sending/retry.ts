import type { FailReason, Hold, PhotosError } from "../../model";

/** A call to Google Photos that did not work, with what is needed to decide what comes next. */
export interface Trouble {
  readonly error: PhotosError;
  /** How often this call has failed now: 1 after the first time. */
  readonly attempt: number;
  /** How many calls in a row met a rate limit, this one included; 0 where this one did not. */
  readonly limitsInARow: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** How long something rests before it is tried again. */
export interface Rest {
  /** Milliseconds; 0: at once, or as soon as nothing is held any more. */
  readonly ms: number;
  /** Why an image has failed until then; otherwise it waits. */
  readonly because?: FailReason;
}

/**
 * What comes after a call that did not work: the same again after a rest; what the call named, an upload token or an album,
 * is got anew meanwhile. Of a create of unknown outcome it is the next create that rests; the items themselves are settled
 * first.
 */
export interface Retry extends Rest {
  /** The whole run stops, and is taken up again when this ends. */
  readonly hold?: Hold;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Google's own advice (fact sheet §7.3): 5xx from a second on, rate limits from 30 s on, both exponential. */
const FIRST_WAIT = SECOND;
const FIRST_LIMIT_WAIT = 30 * SECOND;
const LONGEST_WAIT = 5 * MINUTE;

const MOST_ATTEMPTS = 5;
const LIMITS_TO_HOLD = 5;

/** A limit may last for about an hour (fact sheet §9.1). */
const FIRST_LIMIT_HOLD = 10 * MINUTE;
const LONGEST_LIMIT_HOLD = HOUR;

/** About one probe a day, and soon enough that what is uploaded already is still good (fact sheet §3.3). */
const STORAGE_PROBE = 20 * HOUR;

const OFFLINE_PROBE = 30 * SECOND;
const GIVEN_UP_FOR = 15 * MINUTE;

/**
 * How long an image rests that Google refused for a reason we do not know. What was uploaded is good for a day, so that to
 * ask again costs a call and mostly no upload.
 */
const REFUSED_REST = 4 * HOUR;

/** `first` doubled with each time after the first, at most `longest`. */
function doubled(first: number, times: number, longest: number): number {
  return Math.min(longest, first * 2 ** (times - 1));
}

/** Up to a quarter more, so that devices which were stopped together do not come back together. */
function jittered(ms: number, chance: number): number {
  return Math.round(ms * (1 + chance / 4));
}

/**
 * Decides what comes after a call that did not work: who waits how long, who never tries again, when a whole run
 * stops. Reads no clock and no chance.
 *
 * @param chance  a number from 0 up to but not including 1
 */
export function decideRetry(trouble: Trouble, chance: number): Retry {
  const { error, now } = trouble;
  const { ended = false, refusal = "account-blocked" } = error.detail;
  switch (error.kind) {
    case "signed-out":
      return stop({ why: "signed-out", ended });
    case "refused":
      return stop({ why: "refused", because: refusal });
    case "storage-full":
      return stop({ why: "storage-full", until: now + STORAGE_PROBE });
    case "quota-day":
      return stop({ why: "daily-quota", until: nextQuotaDay(now) });
    case "offline":
      return stop({ why: "offline", until: now + jittered(OFFLINE_PROBE, chance) });
    case "bad-item":
    case "permanent":
      return { because: "refused", ms: REFUSED_REST };
    case "quota-minute":
    case "concurrent":
    case "transient":
    case "outcome-unknown":
    case "bad-token": // What is bad again and again is a trouble of Google's.
    case "bad-album": // One that is made in its place may not be known everywhere at once.
      return afterTrouble(trouble, chance);
  }
}

function stop(hold: Hold): Retry {
  return { ms: 0, hold };
}

/** A call that met a limit did nothing, and is simply repeated; any other is given up for a while in the end. */
function afterTrouble({ error, attempt, limitsInARow, now }: Trouble, chance: number): Retry {
  const { retryAfter: asked = 0, status } = error.detail;
  const tooMany = limitsInARow - LIMITS_TO_HOLD + 1;
  if (tooMany > 0 || asked > LONGEST_WAIT) {
    const usual = tooMany > 0 ? doubled(FIRST_LIMIT_HOLD, tooMany, LONGEST_LIMIT_HOLD) : 0;
    return stop({ why: "rate-limit", until: now + jittered(Math.max(asked, usual), chance) });
  }
  const isLimit = limitsInARow > 0;
  if (!isLimit && attempt >= MOST_ATTEMPTS) {
    // An answer with a status came from Google; without one the connection broke.
    const because = status === undefined ? "connection" : "service";
    // Each further try of a token takes an upload.
    const longest = error.kind === "bad-token" ? REFUSED_REST : GIVEN_UP_FOR;
    return { because, ms: jittered(doubled(GIVEN_UP_FOR, attempt - MOST_ATTEMPTS + 1, longest), chance) };
  }
  const usual = doubled(isLimit ? FIRST_LIMIT_WAIT : FIRST_WAIT, attempt, LONGEST_WAIT);
  return { ms: jittered(asked > 0 ? asked : usual, chance) };
}

/**
 * When the daily quota may have begun anew. It does at midnight in California, which is 7 o'clock by UTC in summer and 8 in
 * winter. Both are tried, which costs a request a day and needs no calendar of summer times.
 *
 * @param now  milliseconds since 1970
 */
export function nextQuotaDay(now: number): number {
  const next = (hour: number): number => now + DAY - ((now - hour * HOUR) % DAY);
  return Math.min(next(7), next(8));
}
