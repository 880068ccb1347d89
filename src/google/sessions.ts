import type { OAuth2Client } from "google-auth-library/build/src/auth/oauth2client";
import { orError, PhotosError } from "../model";
import { createAuthClient, type Client } from "./auth-client";
import type { Wires } from "./exchange";
import type { Kept, LiveSignIn } from "./kept";

const DAY = 24 * 3_600_000;

/** Google ends sign-ins of projects in testing after seven days (fact sheet §1.5); it is not noticed at once. */
const TESTING = { from: 6.5 * DAY, to: 8 * DAY };

/**
 * A sign-in at work: answers an access token that should be good, and asks for one where there is none or it ends within
 * a minute. It knows the one of the moment, in memory alone.
 *
 * @param refused  what Google has refused: another one is given in its place. All who ask share one request
 */
export type Session = (refused?: string) => Promise<string>;

export interface Sessions {
  /** The sign-in that is kept, with the client it was given to. Throws `PhotosError` `signed-out` where there is none. */
  readonly live: { readonly client: Client; readonly signIn: LiveSignIn };
  /** The same at work, whatever is signed in later. Throws as `live` does. */
  readonly now: Session;
  /** Goes on with the auth client of a consent, which has an access token already, for the sign-in that is kept. */
  goOn(auth: OAuth2Client): void;
}

/** @param changed  told when a sign-in has ended */
export function createSessions(kept: Kept, wires: Wires, changed: () => void): Sessions {
  /** The auth client of the moment; another client or refresh token, which its key says in full, needs another. */
  let known: { readonly key: string; readonly auth: OAuth2Client } | undefined;

  /** Google said `invalid_grant`: the one thing that drops a sign-in. */
  function died(refreshToken: string): void {
    const { signIn } = kept;
    // Somebody may have signed in anew meanwhile, here or in another window.
    if (signIn?.refreshToken !== refreshToken) return;
    const { clientId, sub, email, since } = signIn;
    const age = wires.clock.now() - (since ?? Number.NaN);
    const end = age >= TESTING.from && age <= TESTING.to ? "testing" : "ended";
    kept.keep({ clientId, sub, email, end });
    changed();
  }

  const sessions: Sessions = {
    get live(): { readonly client: Client; readonly signIn: LiveSignIn } {
      const { client, signIn, whose } = kept;
      if (client && signIn?.clientId === client.id) return { client, signIn };
      throw new PhotosError("signed-out", { ended: whose?.end !== undefined });
    },

    get now(): Session {
      const { live } = sessions;
      const { refreshToken } = live.signIn;
      const key = keyOf(live);
      if (known?.key !== key) known = { key, auth: createAuthClient(live.client, wires, refreshToken) };
      const { auth } = known;
      return async (refused) => {
        if (refused !== undefined && auth.credentials.access_token === refused)
          auth.setCredentials({ refresh_token: refreshToken });
        const answer = await orError(auth.getAccessToken());
        if (!(answer instanceof PhotosError)) return answer.token ?? "";
        if (answer.kind === "signed-out") died(refreshToken);
        throw answer;
      };
    },

    goOn(auth: OAuth2Client): void {
      known = { key: keyOf(sessions.live), auth };
    },
  };
  return sessions;
}

function keyOf({ client, signIn }: Sessions["live"]): string {
  return JSON.stringify([client, signIn.refreshToken]);
}
