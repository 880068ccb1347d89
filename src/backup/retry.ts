import type { FailReason, Hold, PhotosError } from "../model";

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

/**
 * What comes after a call that did not work, durations in milliseconds. A create of unknown outcome is settled first,
 * and is not asked about here.
 */
export type Retry =
  /** The same again, after a while; what the call named, an upload token or an album, is got anew meanwhile. */
  | { readonly do: "wait"; readonly ms: number }
  /** The whole run stops; to be taken up again when the hold ends. */
  | { readonly do: "hold"; readonly hold: Hold }
  /** This image has failed, and rests. */
  | { readonly do: "give-up"; readonly because: FailReason; readonly ms: number };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** Google's own advice (fact sheet §7.3): 5xx from a second on, rate limits from 30 s on, both exponential. */
const FIRST_WAIT = SECOND;
const FIRST_LIMIT_WAIT = 30 * SECOND;
const LONGEST_WAIT = 5 * MINUTE;

const MOST_ATTEMPTS = 5;
const LIMITS_TO_HOLD = 5;

/** A limit may last for about an hour (fact sheet §9.1). */
const FIRST_LIMIT_HOLD = 10 * MINUTE;
const LONGEST_LIMIT_HOLD = 60 * MINUTE;

/** About one probe a day, and soon enough that what is uploaded already is still good (fact sheet §3.3). */
const STORAGE_PROBE = 20 * 60 * MINUTE;

const OFFLINE_PROBE = 30 * SECOND;
const GIVEN_UP_FOR = 15 * MINUTE;

/** How long an image rests that Google refused for a reason we do not know. */
const REFUSED_REST = DAY;

/** `first` doubled with each time after the first, at most `longest`. */
function doubled(first: number, times: number, longest: number): number {
  return Math.min(longest, first * 2 ** Math.max(0, times - 1));
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
  const { error, attempt, now } = trouble;
  switch (error.kind) {
    case "signed-out":
      return { do: "hold", hold: { why: "signed-out", ended: error.detail.ended ?? false } };
    case "refused":
      return { do: "hold", hold: { why: "refused", because: error.detail.refusal ?? "account-blocked" } };
    case "storage-full":
      return { do: "hold", hold: { why: "storage-full", until: now + STORAGE_PROBE } };
    case "quota-day":
      return { do: "hold", hold: { why: "daily-quota", until: nextPacificMidnight(now) } };
    case "offline": {
      const until = now + jittered(doubled(OFFLINE_PROBE, attempt, LONGEST_WAIT), chance);
      return { do: "hold", hold: { why: "offline", until } };
    }
    case "quota-minute":
    case "concurrent":
      return afterLimit(trouble, chance);
    case "transient":
    case "outcome-unknown":
      return afterTrouble(trouble, chance);
    case "bad-token":
    case "bad-album":
      // What was got anew is tried at once; what is bad again and again is a trouble of Google's.
      return attempt < MOST_ATTEMPTS ? { do: "wait", ms: 0 } : afterTrouble(trouble, chance);
    case "bad-item":
    case "permanent":
      return { do: "give-up", because: "refused", ms: REFUSED_REST };
  }
}

/** Nothing was done by a call that met a limit, so it may simply be repeated. */
function afterLimit({ error, attempt, limitsInARow, now }: Trouble, chance: number): Retry {
  const asked = error.detail.retryAfter ?? 0;
  if (limitsInARow >= LIMITS_TO_HOLD || asked > LONGEST_WAIT) {
    const usual = doubled(FIRST_LIMIT_HOLD, limitsInARow - LIMITS_TO_HOLD + 1, LONGEST_LIMIT_HOLD);
    return { do: "hold", hold: { why: "rate-limit", until: now + jittered(Math.max(asked, usual), chance) } };
  }
  const wait = asked > 0 ? asked : doubled(FIRST_LIMIT_WAIT, attempt, LONGEST_WAIT);
  return { do: "wait", ms: jittered(wait, chance) };
}

function afterTrouble({ error, attempt, now }: Trouble, chance: number): Retry {
  const asked = error.detail.retryAfter ?? 0;
  if (asked > LONGEST_WAIT) {
    return { do: "hold", hold: { why: "rate-limit", until: now + jittered(asked, chance) } };
  }
  if (attempt >= MOST_ATTEMPTS) {
    // An answer with a status came from Google; without one the connection broke.
    const because = error.detail.status === undefined ? "connection" : "service";
    return { do: "give-up", because, ms: jittered(GIVEN_UP_FOR, chance) };
  }
  return { do: "wait", ms: jittered(Math.max(asked, doubled(FIRST_WAIT, attempt, LONGEST_WAIT)), chance) };
}

let pacific: Intl.DateTimeFormat | undefined;

/** Made when it is first needed: it takes longer than all else that is made at load. */
function pacificClock(): Intl.DateTimeFormat {
  return (pacific ??= new Intl.DateTimeFormat("en-US", {
    timeZone: "America/Los_Angeles",
    hourCycle: "h23",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }));
}

/** Milliseconds since the Pacific clock last showed midnight. */
function sincePacificMidnight(at: number): number {
  const clock = pacificClock().formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(clock.find((one) => one.type === type)?.value ?? 0);
  return ((part("hour") * 60 + part("minute")) * 60 + part("second")) * SECOND + (at % SECOND);
}

/**
 * When the daily quota starts anew: the next midnight in California, summer time or not.
 *
 * @param now  milliseconds since 1970
 */
export function nextPacificMidnight(now: number): number {
  // On the two days that are 23 and 25 hours long the first step misses midnight by an hour; the second mends that.
  const near = now - sincePacificMidnight(now) + DAY;
  const off = sincePacificMidnight(near);
  return off > DAY / 2 ? near + (DAY - off) : near - off;
}
