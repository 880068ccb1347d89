import type { TextKey } from "../i18n";
import type { Hold, Refusal } from "../model";
import { openAccount, signIn } from "./account";
import { startBackup } from "./first-use";
import type { Surroundings } from "./surroundings";

/** What a person can do about a hold. */
export interface HoldAction {
  readonly label: TextKey & `${"hold" | "refused" | "steps"}.${string}action`;
  act(): void;
}

const STORAGE = "https://one.google.com/storage";
const LIBRARY_API = "https://console.cloud.google.com/apis/library/photoslibrary.googleapis.com";

/** The action of a hold; `undefined` where there is nothing to do but wait. */
export function actionOf(hold: Hold, around: Surroundings): HoldAction | undefined {
  const { commands, openBrowser } = around;
  switch (hold.why) {
    case "first-use":
      return { label: "steps.start-action", act: () => startBackup(around, { of: "vault" }) };
    case "off":
      return { label: "hold.off.action", act: () => startBackup(around, { of: "vault" }) };
    case "paused":
      return { label: "hold.paused.action", act: () => commands.resume() };
    case "signed-out":
      return { label: "hold.signed-out.action", act: () => signIn(around) };
    case "storage-full":
      return { label: "hold.storage-full.action", act: () => openBrowser(STORAGE) };
    case "offline":
      return { label: "hold.offline.action", act: () => commands.resume() };
    case "refused":
      return afterRefusal(hold.because, around);
    case "newer-ledger":
    case "other-window":
    case "daily-quota":
    case "wifi":
    case "power":
    case "background":
    case "rate-limit":
      return undefined;
  }
}

/** Whether a hold's action is done elsewhere, so that trying again is a step of its own. */
export function endsByTrying(hold: Hold): boolean {
  return hold.why === "storage-full" || (hold.why === "refused" && hold.because === "api-off");
}

function afterRefusal(because: Refusal, around: Surroundings): HoldAction {
  switch (because) {
    case "api-off":
      return { label: "refused.api-off.action", act: () => around.openBrowser(LIBRARY_API) };
    case "scope-missing":
      return { label: "refused.scope-missing.action", act: () => signIn(around) };
    case "account-blocked":
      return { label: "refused.account-blocked.action", act: () => signIn(around) };
    case "client-wrong":
      return { label: "refused.client-wrong.action", act: () => openAccount(around) };
  }
}
