import { orError, PhotosError } from "../model";
import { createAuthClient, type AccessToken, type Client } from "./auth-client";
import type { Wires } from "./exchange";

/**
 * A sign-in at work: answers an access token that should be good, and asks for one where there is none or it ends within
 * a minute. It knows the one of the moment, in memory alone.
 *
 * @param refused  what Google has refused: another one is given in its place. All who ask share one request
 */
export type Session = (refused?: string) => Promise<string>;

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
  const auth = createAuthClient(client, wires);
  auth.setCredentials({ ...access, refresh_token: refreshToken });

  return async (refused) => {
    const isRefused = refused !== undefined && auth.credentials.access_token === refused;
    const answer = await orError<unknown>(isRefused ? auth.refreshAccessToken() : auth.getAccessToken());
    if (!(answer instanceof PhotosError)) return auth.credentials.access_token ?? "";
    if (answer.kind === "signed-out") onDead();
    throw answer;
  };
}
