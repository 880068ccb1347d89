import type { OAuth2Client } from "google-auth-library/build/src/auth/oauth2client";
import { orError, PhotosError, type Clock } from "../model";
import { createAuthClient, type Client } from "./auth-client";
import { toBase64Url } from "./base64url";
import type { Luggage } from "./carry-over";
import type { Wires } from "./exchange";
import { identityIn } from "./identity";
import type { PendingConsent } from "./kept";
import { ASKED_SCOPES } from "./scopes";

const CONSENT_PAGE = "https://accounts.google.com/o/oauth2/v2/auth";

/** A consent page to be opened in the system's browser, and what its answer is held against. */
export interface Consent {
  readonly url: string;
  readonly pending: PendingConsent;
}

/** 43 characters that nobody guesses. */
function secretText(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
}

/**
 * Makes one consent page.
 *
 * @param redirectUri  where Google's page sends the answer (fact sheet §1.3)
 * @param hint         the account to begin with: its `sub` or e-mail address
 */
type MakeConsent = (client: Client, redirectUri: string, hint: string | undefined, clock: Clock) => Consent;

/** Prepares what a consent page alone is asked with, in memory: PKCE with S256 and a random state (fact sheet §1.2). */
export async function prepareConsent(): Promise<MakeConsent> {
  const state = secretText();
  const verifier = secretText();
  const challenge = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return (client, redirectUri, hint, clock) => {
    const query = new URLSearchParams({
      client_id: client.id,
      redirect_uri: redirectUri,
      response_type: "code",
      scope: ASKED_SCOPES.join(" "),
      state,
      code_challenge_method: "S256",
      code_challenge: toBase64Url(new Uint8Array(challenge)),
      access_type: "offline",
      // Asks again for what was left unticked the last time.
      prompt: "consent",
      ...(hint && { login_hint: hint }),
    });
    return {
      url: `${CONSENT_PAGE}?${query.toString()}`,
      pending: { state, verifier, redirectUri, clientId: client.id, at: clock.now() },
    };
  };
}

/** What came of bringing a code to Google. */
export type Granted =
  | ({
      readonly is: "granted";
      /** Has an access token, which came with the sign-in. */
      readonly auth: OAuth2Client;
    } & Luggage)
  /** The code was used before, is too old, or belongs to another consent. */
  | { readonly is: "code-refused" }
  /** Google gave nothing that lasts. */
  | { readonly is: "no-refresh-token" }
  /** Google could not be asked, or refuses the client. */
  | { readonly is: "failed"; readonly error: PhotosError };

/** Exchanges the code for a sign-in (fact sheet §1.4). */
export async function redeem(
  client: Client,
  code: string,
  pending: PendingConsent,
  wires: Wires,
): Promise<Granted> {
  const auth = createAuthClient(client, wires);
  const since = wires.clock.now();
  const answer = await orError(
    auth.getToken({ code, codeVerifier: pending.verifier, redirect_uri: pending.redirectUri }),
  );
  if (answer instanceof PhotosError) {
    return answer.kind === "signed-out" ? { is: "code-refused" } : { is: "failed", error: answer };
  }
  const { refresh_token, scope, id_token } = answer.tokens;
  if (!refresh_token) return { is: "no-refresh-token" };
  const signIn = {
    refreshToken: refresh_token,
    clientId: client.id,
    since,
    scopes: scope?.split(" "),
    ...identityIn(id_token, client.id),
  };
  auth.setCredentials(answer.tokens);
  return { is: "granted", client, signIn, auth };
}
