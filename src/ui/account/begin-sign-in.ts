import type { Surroundings } from "../surroundings";
import { openGooglePageSaid } from "./google-page-said";
import { tellOutcome } from "./tell-outcome";

/** Opens Google's page, and says in the end what came of it. Answers how its answer comes back. */
export async function beginSignIn(around: Surroundings): Promise<"here" | "phone"> {
  const { how, outcome } = await around.signIn.begin();
  void outcome.then((ended) => {
    if (ended.is === "timed-out") askWhatGoogleSaid(around);
    else tellOutcome(ended, around.say);
  });
  return how;
}

/** Asks the same where the app was killed meanwhile, and has waited on since. */
export function followSignIn(around: Surroundings): void {
  void around.signIn.resumed?.then(({ is }) => is === "timed-out" && askWhatGoogleSaid(around));
}

/** Some refusals are shown on Google's page alone (fact sheet §1.2): only the person can say which it was. */
export function askWhatGoogleSaid(around: Surroundings): void {
  openGooglePageSaid(around, () => void beginSignIn(around));
}
