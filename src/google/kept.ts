import * as v from "valibot";
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

const client = v.object({ id: v.string(), secret: v.string() });

const whose = {
  /** The client that it was given to. */
  clientId: v.string(),
  /** Google's id of the account; empty where the person did not share it, absent where it was not asked yet. */
  sub: v.optional(v.string()),
  email: v.optional(v.string()),
};

const live = v.object({
  ...whose,
  refreshToken: v.pipe(v.string(), v.nonEmpty()),
  /** The scopes that were granted; absent where they are not known. */
  scopes: v.optional(v.array(v.string())),
  /** When the person consented, milliseconds since 1970. */
  since: v.optional(v.number()),
});

/** What stays of a sign-in, so that another account or client is noticed. */
const past = v.object({ ...whose, end: v.optional(v.picklist(["ended", "testing"])) });

const pending = v.object({
  state: v.string(),
  verifier: v.string(),
  redirectUri: v.string(),
  clientId: v.string(),
  /** When the consent page was opened, milliseconds since 1970. */
  at: v.number(),
});

export type LiveSignIn = v.InferOutput<typeof live>;
export type PastSignIn = v.InferOutput<typeof past>;
/** A consent that the person is asked for just now. */
export type PendingConsent = v.InferOutput<typeof pending>;

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

  #read<Schema extends v.GenericSchema>(id: string, schema: Schema): v.InferOutput<Schema> | undefined {
    const read = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), this.secrets.get(id));
    return read.success ? read.output : undefined;
  }

  #write(id: string, value: unknown): void {
    this.secrets.set(id, value === undefined ? "" : JSON.stringify(value));
  }
}
