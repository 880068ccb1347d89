import { orError, PhotosError } from "../model";
import type { Client } from "./auth-client";
import type { Wires } from "./exchange";
import { askIdentity } from "./identity";
import type { LiveSignIn, PastSignIn } from "./kept";
import { createSession } from "./session";
import type { AccountChange } from "./sign-in-outcome";
import { createTransport } from "./transport";

/**
 * What another sign-in changes, where it is another account's or client's than the one before. One whose account Google
 * would not say counts as another: the backup would go by another name from then on.
 */
export function changeBetween(before: PastSignIn | undefined, now: LiveSignIn): AccountChange | undefined {
  if (!before) return undefined;
  const whose = { from: before.email ?? "", to: now.email ?? "" };
  if (before.clientId !== now.clientId) return { what: "client", ...whose };
  // Whose it was is asked before the first backup: where it never was, nothing has been sent.
  return before.sub === undefined || before.sub === now.sub ? undefined : { what: "account", ...whose };
}

/** The sign-in with whose it is, where Google can be asked now; else it is asked before the first backup. */
export async function identified(client: Client, signIn: LiveSignIn, wires: Wires): Promise<LiveSignIn> {
  if (signIn.sub !== undefined) return signIn;
  const session = createSession(client, signIn.refreshToken, wires, () => undefined);
  const transport = createTransport(() => session, wires);
  const whose = await orError(askIdentity(transport, new AbortController().signal));
  return whose instanceof PhotosError ? signIn : { ...signIn, ...whose };
}
