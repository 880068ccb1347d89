import type { Refusal } from "./hold";

/**
 * What can go wrong with a call to Google Photos, from status, code and text together (fact sheet §7).
 *
 * - `signed-out`       the sign-in is dead (`invalid_grant`) or there is none
 * - `refused`          Google wants something changed by the person: API off, scope missing, account blocked, wrong client
 * - `quota-minute`     too many requests just now, also where Google hides it in a 400
 * - `quota-day`        the project's daily quota is used up
 * - `concurrent`       another write of the same user was under way; nothing was done
 * - `storage-full`     the account has no room left
 * - `offline`          no connection could be made; nothing was done
 * - `transient`        Google answered with an error of its own; a create may still have been done
 * - `outcome-unknown`  no answer came (time-out, cut connection): it may have been done, or still be under way
 * - `bad-token`        an upload token of the call is unknown or too old; nothing was done
 * - `bad-album`        the album is gone or not ours; nothing was done
 * - `bad-item`         this one image is refused
 * - `permanent`        anything else that will not get better by itself
 */
export type PhotosErrorKind =
  | "signed-out"
  | "refused"
  | "quota-minute"
  | "quota-day"
  | "concurrent"
  | "storage-full"
  | "offline"
  | "transient"
  | "outcome-unknown"
  | "bad-token"
  | "bad-album"
  | "bad-item"
  | "permanent";

/**
 * The one error that `google/` throws. It says nothing in Google's own words, which may repeat what was sent: a token, a code,
 * a secret.
 */
export class PhotosError extends Error {
  override readonly name = "PhotosError";

  constructor(
    readonly kind: PhotosErrorKind,
    readonly detail: {
      /** HTTP status, where an answer came. */
      readonly status?: number | undefined;
      /** What Google asked us to wait, in milliseconds. */
      readonly retryAfter?: number | undefined;
      /** Only for `refused`. */
      readonly refusal?: Refusal | undefined;
      /** Only for `signed-out`: there was a sign-in, and Google has ended it. */
      readonly ended?: boolean | undefined;
    } = {},
  ) {
    super(kind);
  }
}

/** Whether what a failed call asked for may have been done all the same. */
export function mayBeDone(error: PhotosError): boolean {
  return error.kind === "outcome-unknown" || error.kind === "transient";
}

/** The value, or the `PhotosError` as a value; anything else is thrown on. */
export async function orError<Value>(work: Promise<Value>): Promise<Value | PhotosError> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof PhotosError) return error;
    throw error;
  }
}
