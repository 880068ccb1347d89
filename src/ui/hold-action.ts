import type { PlainKey } from "../i18n";
import type { Hold, Refusal } from "../model";
import { consolePage, openAccount, signIn } from "./account";
import { startBackup } from "./first-use";
import { isSigningIn, type Surroundings } from "./surroundings";

/** What a person can do about a hold. */
export interface HoldAction {
  readonly label: PlainKey;
  readonly act: () => void;
}

/** Where Google shows what takes up room in the account. */
export const STORAGE_PAGE = "https://one.google.com/storage";

/** Holds that nothing is to be done about but wait. The steps of first use have buttons of their own. */
type WaitedFor = Extract<
  Hold,
  {
    why:
      | "first-use"
      | "newer-ledger"
      | "other-window"
      | "daily-quota"
      | "wifi"
      | "power"
      | "background"
      | "rate-limit";
  }
>;

/** The action of a hold; `undefined` where there is nothing to do but wait. */
export function actionOf(hold: Hold, around: Surroundings): HoldAction | undefined {
  const { commands, openBrowser } = around;
  switch (hold.why) {
    case "stopped":
      return { label: "menu.try-again", act: () => commands.wake() };
    case "off":
      return { label: "view.back-up", act: () => startBackup(around) };
    case "paused":
    case "offline":
      return { label: `hold.${hold.why}.action`, act: () => commands.resume() };
    case "signed-out":
      return signInAction(around);
    case "storage-full":
      return { label: "hold.storage-full.action", act: () => openBrowser(STORAGE_PAGE) };
    case "refused":
      return afterRefusal(hold.because, around);
    default:
      hold satisfies WaitedFor;
      return undefined;
  }
}

/** Signing in; while Google's page is waited for, what helps with it. Reads signals. */
export function signInAction(around: Surroundings): HoldAction {
  if (around.signedIn.value.is === "no-client")
    return { label: "setup.name", act: () => openAccount(around) };
  return isSigningIn(around)
    ? { label: "account.help", act: () => openAccount(around) }
    : { label: "account.sign-in", act: () => signIn(around) };
}

/** Whether a hold's action is done elsewhere, so that trying again is a step of its own. */
export function endsByTrying(hold: Hold): boolean {
  return hold.why === "storage-full" || (hold.why === "refused" && hold.because === "api-off");
}

function afterRefusal(because: Refusal, around: Surroundings): HoldAction {
  switch (because) {
    case "api-off":
      return {
        label: "refused.api-off.action",
        act: () => around.openBrowser(consolePage("api", around.signIn.clientId)),
      };
    case "scope-missing":
    case "account-blocked":
      return { label: "account.sign-in-again", act: () => signIn(around) };
    case "client-wrong":
      return { label: "refused.client-wrong.action", act: () => openAccount(around) };
  }
}
