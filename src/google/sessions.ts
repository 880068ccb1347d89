import { PhotosError } from "../model";
import type { AccessToken, Client } from "./auth-client";
import type { Wires } from "./exchange";
import type { Kept, LiveSignIn } from "./kept";
import { createSession, type Session } from "./session";

const DAY = 24 * 3_600_000;

/** Google ends sign-ins of projects in testing after seven days (fact sheet §1.5); it is not noticed at once. */
const TESTING = { from: 6.5 * DAY, to: 8 * DAY };

/** The session of the sign-in that is kept; another refresh token or client is another session. */
export interface Sessions {
  /** The sign-in that is kept, with the client it was given to. Throws `PhotosError` `signed-out` where there is none. */
  readonly live: { readonly client: Client; readonly signIn: LiveSignIn };
  /** Throws `PhotosError` `signed-out` where nobody is signed in. */
  readonly now: Session;
  /** Begins the session of a sign-in, by the access token that has just come with it where there is one. */
  begin(client: Client, refreshToken: string, access?: AccessToken): Session;
  /** Drops the access token of the moment. */
  forget(): void;
}

/** @param changed  told when a sign-in has ended */
export function createSessions(kept: Kept, wires: Wires, changed: () => void): Sessions {
  /** The session of a client and a refresh token, which its key says in full. */
  let known: { readonly key: string; readonly session: Session } | undefined;

  /** Google said `invalid_grant`: the one thing that drops a sign-in. */
  function died(refreshToken: string): void {
    const { signIn } = kept;
    // Somebody may have signed in anew meanwhile, here or in another window.
    if (signIn?.refreshToken !== refreshToken) return;
    const { clientId, sub, email, since } = signIn;
    const age = wires.clock.now() - (since ?? Number.NaN);
    const end = age >= TESTING.from && age <= TESTING.to ? "testing" : "ended";
    kept.keep({ clientId, sub, email, end });
    sessions.forget();
    changed();
  }

  const sessions: Sessions = {
    get live(): { readonly client: Client; readonly signIn: LiveSignIn } {
      const { client, signIn, whose } = kept;
      if (client && signIn?.clientId === client.id) return { client, signIn };
      throw new PhotosError("signed-out", { ended: whose?.end !== undefined });
    },

    get now(): Session {
      const { client, signIn } = sessions.live;
      const { refreshToken } = signIn;
      if (known?.key === keyOf(client, refreshToken)) return known.session;
      return sessions.begin(client, refreshToken);
    },

    begin(client: Client, refreshToken: string, access?: AccessToken): Session {
      const session = createSession(client, refreshToken, wires, () => died(refreshToken), access);
      known = { key: keyOf(client, refreshToken), session };
      return session;
    },

    forget(): void {
      known = undefined;
    },
  };
  return sessions;
}

function keyOf({ id, secret }: Client, refreshToken: string): string {
  return JSON.stringify([id, secret, refreshToken]);
}
