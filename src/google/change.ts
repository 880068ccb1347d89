import type { LiveSignIn, PastSignIn } from "./kept";
import type { AccountChange } from "./sign-in-outcome";

/**
 * What another sign-in changes, where it is another account's or client's than the one before. One whose account Google
 * does not say counts as another: the backup would go by another name from then on.
 */
export function changeBetween(before: PastSignIn | undefined, now: LiveSignIn): AccountChange | undefined {
  if (!before) return undefined;
  const whose = { from: before.email, to: now.email };
  if (before.clientId !== now.clientId) return { what: "client", ...whose };
  // Of one that nobody knows, as where a sign-in was put in its place by hand, nobody can be told that it is another.
  return before.sub === "" || before.sub === now.sub ? undefined : { what: "account", ...whose };
}
