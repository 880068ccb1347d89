import type { PhotosError } from "../model";

/** Why a sign-in is no more. `testing`: Google ends those of a project in testing after seven days. */
export type SignedOutReason = "ended" | "testing" | "other-client";

/** A permission that Google may have been asked for and not given. */
export type MissingScope = "append" | "read" | "edit" | "email";

export type SignInStatus =
  | { readonly is: "no-client" }
  | { readonly is: "signed-out"; readonly because?: SignedOutReason | undefined }
  | { readonly is: "signed-in"; readonly email: string; readonly missing: readonly MissingScope[] };

/** What came of a sign-in. */
export type SignInOutcome =
  | { readonly is: "signed-in"; readonly missing: readonly MissingScope[] }
  | { readonly is: "refused"; readonly word: string }
  | { readonly is: "failed"; readonly error: PhotosError }
  | { readonly is: QuietOutcome };

/** Outcomes that a sentence of their own says all about. */
export type QuietOutcome =
  | "no-client"
  | "timed-out"
  | "cancelled"
  | "denied"
  | "not-an-answer"
  | "wrong-state"
  | "expired"
  | "code-refused"
  | "no-refresh-token"
  | "kept-as-it-was"
  | "wrong-code";

/** What a person gives for a client: the console's JSON, or an id and a secret. */
export type GivenClient = string | { readonly id: string; readonly secret: string };

/** What was given as a client turned out to be this. */
export interface ClientReading {
  readonly is: "client" | "not-a-client" | "web-client" | "service-account" | "no-secret" | "wrong-id";
  /** What it is, where it is one. */
  readonly client?: { readonly id: string };
}

export type ConnectionTest =
  | {
      readonly is: "works";
      readonly account: { readonly email: string };
      readonly missing: readonly MissingScope[];
    }
  /** `end` says why a sign-in has ended, where one did. */
  | { readonly is: "failed"; readonly error: PhotosError; readonly end?: "ended" | "testing" | undefined };

/** An answer that a person brings: an address in any form, or the fields of an `obsidian://` address. */
export type Brought = string | Readonly<Record<string, string>>;

/**
 * Another account or client is about to take the place of the one before, or of that of the vault's other devices, or one was
 * carried over where nobody is signed in; e-mail addresses may be empty.
 */
export interface AccountChange {
  readonly what: "account" | "client" | "carried" | "vault";
  readonly from: string;
  readonly to: string;
}

/** Signing in and out, as the surfaces need it. */
export interface SignInPort {
  readonly status: SignInStatus;
  /** The client's id; its secret is shown nowhere. */
  readonly clientId: string | undefined;
  /** The consent page that is open just now, if any; `url` where whoever has begun it waits for what comes of it. */
  readonly waiting: { readonly how: "here" | "phone"; readonly url?: string | undefined } | undefined;
  /** What comes of a page that was open when the app was killed; the answer to it, `finish` gives as well. */
  readonly resumed?: Promise<SignInOutcome> | undefined;
  /** Tells of every change of status, client and page; the answer ends it. */
  watch(tell: () => void): () => void;
  readClient(given: GivenClient): ClientReading;
  /** Takes a client; what is none changes nothing. */
  setClient(given: GivenClient): void;
  /** Opens Google's page: how its answer comes back, and what comes of it in the end. */
  begin(): Promise<{ readonly how: "here" | "phone"; readonly outcome: Promise<SignInOutcome> }>;
  finish(brought: Brought): Promise<SignInOutcome>;
  /** The sign-in, locked for another device, and the code that opens it; `undefined` where nobody is signed in. */
  carryOver(): Promise<{ readonly address: string; readonly code: string } | undefined>;
  takeOver(brought: Brought, code: string): Promise<SignInOutcome>;
  cancel(): void;
  signOut(): void;
  revokeEverywhere(
    signal: AbortSignal,
  ): Promise<{ readonly is: "revoked" } | { readonly is: "failed"; readonly error: PhotosError }>;
  testConnection(signal: AbortSignal): Promise<ConnectionTest>;
}
