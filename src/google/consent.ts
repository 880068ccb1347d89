import { CodeChallengeMethod } from "google-auth-library/build/src/auth/oauth2client";
import { orError, PhotosError } from "../model";
import { createAuthClient, type AccessToken, type Client } from "./auth-client";
import { toBase64Url } from "./base64url";
import type { Wires } from "./exchange";
import { identityIn } from "./identity";
import type { LiveSignIn, PendingConsent } from "./kept";
import { ASKED_SCOPES } from "./scopes";

/** A consent page to be opened in the system's browser, and what its answer is held against. */
export interface Consent {
  readonly url: string;
  readonly pending: PendingConsent;
}

/**
 * Prepares a consent page: PKCE with S256 and a random state (fact sheet §1.2).
 *
 * @param redirectUri  where Google's page sends the answer (§1.3)
 * @param hint         the account to begin with: its `sub` or e-mail address
 */
export async function prepareConsent(
  client: Client,
  redirectUri: string,
  hint: string | undefined,
  wires: Wires,
): Promise<Consent> {
  const auth = createAuthClient(client, wires);
  const { codeVerifier, codeChallenge } = await auth.generateCodeVerifierAsync();
  const state = toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
  const url = auth.generateAuthUrl({
    redirect_uri: redirectUri,
    scope: ASKED_SCOPES.join(" "),
    state,
    code_challenge_method: CodeChallengeMethod.S256,
    code_challenge: codeChallenge ?? "",
    access_type: "offline",
    // Asks again for what was left unticked the last time.
    prompt: "consent",
    ...(hint && { login_hint: hint }),
  });
  const at = wires.clock.now();
  return { url, pending: { state, verifier: codeVerifier, redirectUri, clientId: client.id, at } };
}

/** What came of bringing a code to Google. */
export type Granted =
  | { readonly is: "granted"; readonly signIn: LiveSignIn; readonly access: AccessToken }
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
  const { tokens } = answer;
  const { refresh_token, scope, id_token } = tokens;
  if (!refresh_token) return { is: "no-refresh-token" };
  const signIn: LiveSignIn = {
    refreshToken: refresh_token,
    clientId: client.id,
    since,
    scopes: scope?.split(" "),
    ...identityIn(id_token ?? undefined, client.id),
  };
  return { is: "granted", signIn, access: tokens };
}
