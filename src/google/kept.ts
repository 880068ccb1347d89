import {
  aNumber,
  anObject,
  aText,
  listOf,
  oneOf,
  optional,
  readJson,
  someText,
  withDefault,
  type Shape,
  type Shaped,
} from "../model";
import type { Client } from "./auth-client";

/** Where secrets rest on this device. Synchronous, as Obsidian's SecretStorage is; it cannot delete. */
export interface Secrets {
  /** `undefined` where nothing was kept, or it was blanked. */
  get(id: string): string | undefined;
  /** An empty value blanks it. */
  set(id: string, value: string): void;
}

const CLIENT = "vault-image-backup-client";
const SIGN_IN = "vault-image-backup-sign-in";
const PENDING = "vault-image-backup-pending";

/** Why there is no sign-in any more. `testing`: Google ends those of a project in testing after seven days. */
export type SignInEnd = "ended" | "testing";

const client = anObject({ id: aText, secret: aText });

const whose = {
  /** The client that it was given to. */
  clientId: aText,
  /** Google's id of the account; empty where Google did not say it. */
  sub: withDefault(aText, ""),
  /** Empty where the person did not share it. */
  email: withDefault(aText, ""),
};

const live = anObject({
  ...whose,
  refreshToken: someText,
  /** The scopes that were granted; absent where they are not known. */
  scopes: optional(listOf(aText)),
  /** When the person consented, milliseconds since 1970. */
  since: optional(aNumber),
});

/** What stays of a sign-in, so that another account or client is noticed. */
const past = anObject({ ...whose, end: optional(oneOf(["ended", "testing"])) });

const pending = anObject({
  state: aText,
  verifier: aText,
  redirectUri: aText,
  clientId: aText,
  /** When the consent page was opened, milliseconds since 1970. */
  at: aNumber,
});

export type LiveSignIn = Shaped<typeof live>;
export type PastSignIn = Shaped<typeof past>;
/** A consent that the person is asked for just now. */
export type PendingConsent = Shaped<typeof pending>;

/** Everything about the sign-in that outlives a restart. Read anew each time, since another window may write too. */
export class Kept {
  constructor(private readonly secrets: Secrets) {}

  get client(): Client | undefined {
    return this.#read(CLIENT, client);
  }

  set client(value: Client | undefined) {
    this.#write(CLIENT, value);
  }

  get signIn(): LiveSignIn | undefined {
    return this.#read(SIGN_IN, live);
  }

  /** The sign-in before the one of now, or the one of now: whose it is or was. */
  get whose(): PastSignIn | undefined {
    return this.#read(SIGN_IN, past);
  }

  keep(value: LiveSignIn | PastSignIn): void {
    this.#write(SIGN_IN, value);
  }

  get pending(): PendingConsent | undefined {
    return this.#read(PENDING, pending);
  }

  set pending(value: PendingConsent | undefined) {
    this.#write(PENDING, value);
  }

  #read<Value>(id: string, shape: Shape<Value>): Value | undefined {
    return readJson(shape, this.secrets.get(id));
  }

  #write(id: string, value: unknown): void {
    this.secrets.set(id, value === undefined ? "" : JSON.stringify(value));
  }
}
