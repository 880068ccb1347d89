import type { Account, PhotosError } from "../model";
import type { SignInEnd } from "./kept";
import type { ScopeName } from "./scopes";

/** How things stand. */
export type SignInStatus =
  | { readonly is: "no-client" }
  /** `other-client`: the sign-in that is kept was given to another client than the one set now. */
  | { readonly is: "signed-out"; readonly because?: SignInEnd | "other-client" | undefined }
  | {
      readonly is: "signed-in";
      /** Empty where the person did not share it. */
      readonly email: string;
      readonly missing: readonly ScopeName[];
    };

/** A consent page that is open just now. */
export interface WaitingConsent {
  /** `here` where the browser comes back by itself; else the person brings what it ended on. */
  readonly how: "here" | "phone";
  /** The page's address, to open or copy it again; not known any more after a restart. */
  readonly url?: string | undefined;
}

/** A sign-in that has begun: how its answer comes back, and what comes of it in the end. */
export interface BegunSignIn {
  readonly how: WaitingConsent["how"];
  readonly outcome: Promise<SignInOutcome>;
}

/** What came of a sign-in. */
export type SignInOutcome =
  | { readonly is: "signed-in"; readonly missing: readonly ScopeName[] }
  | { readonly is: "no-client" }
  /** Google's page has not come back; it may have shown something that only the person has seen (fact sheet §1.2). */
  | { readonly is: "timed-out" }
  | { readonly is: "cancelled" }
  | { readonly is: "denied" }
  /** Google said no in its own word, such as `admin_policy_enforced`. */
  | { readonly is: "refused"; readonly word: string }
  | { readonly is: "not-an-answer" }
  | { readonly is: "wrong-state" }
  /** No consent is waited for, or none any more: a wait lasts ten minutes. */
  | { readonly is: "expired" }
  | { readonly is: "code-refused" }
  | { readonly is: "no-refresh-token" }
  /** It is another account or client, and the person did not want that. */
  | { readonly is: "kept-as-it-was" }
  | { readonly is: "wrong-code" }
  | { readonly is: "failed"; readonly error: PhotosError };

/** What "Test the connection" found. */
export type ConnectionTest =
  | { readonly is: "works"; readonly account: Account; readonly missing: readonly ScopeName[] }
  /** The error's kind and refusal say what to do; `end` says why a sign-in has ended, where one did. */
  | { readonly is: "failed"; readonly error: PhotosError; readonly end: SignInEnd | undefined };

/**
 * Another account or client than before: what the old one made can no longer be seen (fact sheet §2). `carried`: nobody was
 * signed in before, and who carries it over may be a stranger. `vault`: nobody was signed in here before, and other devices
 * back up to others.
 */
export interface AccountChange {
  readonly what: "account" | "client" | "carried" | "vault";
  /** E-mail addresses; empty where they are not known. */
  readonly from: string;
  readonly to: string;
}
