import { Platform } from "obsidian";
import type { SignInOutcome } from "../sign-in-port";
import type { Surroundings } from "../surroundings";
import { openGooglePageSaid } from "./google-page-said";
import { tellOutcome } from "./tell-outcome";

/** Signs in by this device's browser and says what came of it. */
export async function signInHere(around: Surroundings): Promise<SignInOutcome> {
  const { signIn, say } = around;
  const outcome = await signIn.signInHere();
  if (outcome.is === "no-listener") void signInByHand(around);
  if (outcome.is === "timed-out") askWhatGoogleSaid(around);
  else tellOutcome(outcome, say);
  return outcome;
}

/** Opens Google's page where the person brings the answer; one that does not come may have been an error there. */
async function signInByHand(around: Surroundings): Promise<void> {
  const begun = await around.signIn.beginOnPhone();
  if (begun.is === "opened" && (await begun.late)) askWhatGoogleSaid(around);
}

/** Begins a sign-in in the way that this device can end it. */
export async function beginSignIn(around: Surroundings): Promise<void> {
  if (Platform.isMobileApp) await signInByHand(around);
  else await signInHere(around);
}

/** Some refusals are shown on Google's page alone (fact sheet §1.2): only the person can say which it was. */
export function askWhatGoogleSaid(around: Surroundings): void {
  openGooglePageSaid(around, () => void beginSignIn(around));
}
