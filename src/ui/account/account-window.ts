import { Platform } from "obsidian";
import { openDialog } from "../dialog";
import type { Surroundings } from "../surroundings";
import { accountRows } from "./account-rows";
import { beginSignIn } from "./begin-sign-in";
import { showRows } from "./show-rows";

/** The account and everything about signing in, in a window of its own. */
export function openAccount(around: Surroundings): void {
  openDialog(around.app, around.say("account.heading"), "vib-account-modal", (el, life) =>
    showRows(el, life, accountRows(around)),
  );
}

/**
 * Signs in: at once where a client is known and this device can wait for Google's answer, else in the account's
 * window, which leads through it.
 */
export function signIn(around: Surroundings): void {
  if (around.signIn.status.is === "no-client" || Platform.isMobileApp) openAccount(around);
  else void signInAtOnce(around);
}

async function signInAtOnce(around: Surroundings): Promise<void> {
  // An answer that is to be brought by hand needs a place for it.
  if ((await beginSignIn(around)) === "phone") openAccount(around);
}
