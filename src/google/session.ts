import type { OAuth2Client } from "google-auth-library/build/src/auth/oauth2client";
import { orError, PhotosError } from "../model";
import { createAuthClient, type AccessToken, type Client } from "./auth-client";
import type { Wires } from "./exchange";

/** A sign-in at work: it knows the access token of the moment, in memory alone. */
export interface Session {
  /** An access token that should be good; asks for one where there is none, or it ends within a minute. */
  accessToken(): Promise<string>;
  /** Another access token in the place of one that Google has refused. All who ask share one request. */
  renewed(refused: string): Promise<string>;
}

/**
 * @param client        the client that the refresh token was given to
 * @param refreshToken  stays good until Google says `invalid_grant` (fact sheet §1.5)
 * @param onDead        called when Google says so; nothing else ends a sign-in
 * @param access        the access token that came with the refresh token, where it has only just come
 */
export function createSession(
  client: Client,
  refreshToken: string,
  wires: Wires,
  onDead: () => void,
  access?: AccessToken,
): Session {
  const made = createAuthClient(client, wires).then((auth) => {
    auth.setCredentials({ ...access, refresh_token: refreshToken });
    return auth;
  });

  async function told(ask: (auth: OAuth2Client) => Promise<unknown>): Promise<string> {
    const auth = await made;
    const answer = await orError(ask(auth));
    if (!(answer instanceof PhotosError)) return auth.credentials.access_token ?? "";
    if (answer.kind === "signed-out") onDead();
    throw answer;
  }

  return {
    accessToken: () => told((auth) => auth.getAccessToken()),
    renewed: (refused) =>
      told((auth) =>
        auth.credentials.access_token === refused ? auth.refreshAccessToken() : auth.getAccessToken(),
      ),
  };
}
