import type { Setting } from "obsidian";
import type { PlainKey } from "../../i18n";
import type { SignInStatus } from "../sign-in-port";
import { button } from "../button";
import { follow, type Surroundings } from "../surroundings";
import type { AccountRow } from "./account-row";
import { missingScopes } from "./missing-scopes";
import { askWhatGoogleSaid, beginSignIn } from "./begin-sign-in";

/** Signing in and out on this device, and how it stands. */
export function signInRow(around: Surroundings): AccountRow {
  const { signIn, signedIn, say } = around;
  return {
    name: say("account.sign-in"),
    desc: say("account.sign-in-desc"),
    visible: () => signedIn.value.is !== "no-client",
    render: (setting, life) => {
      setting.settingEl.addClasses(["vib-sign-in-row", "vib-roomy"]);
      follow(
        life,
        () => {
          const status = signedIn.value;
          setting.clear();
          if (signIn.waiting) showWaiting(setting, around, signIn.waiting.url);
          else if (status.is === "signed-in") showSignedIn(setting, around, status);
          else {
            setting.setName(say("account.sign-in")).setDesc(say(whySignedOut(status)));
            addSignInButton(setting, around, "account.sign-in");
          }
        },
        setting.settingEl,
      );
    },
  };
}

function showWaiting(setting: Setting, around: Surroundings, url: string | undefined): void {
  const { signIn, say } = around;
  setting.setName(say("account.sign-in")).setDesc(say("account.waiting"));
  if (url !== undefined) {
    setting.addButton(button(say("account.open-again"), () => around.openBrowser(url)));
  }
  setting
    .addButton(button(say("page.ask"), () => askWhatGoogleSaid(around)))
    .addButton(button(say("account.cancel"), () => signIn.cancel()));
}

function showSignedIn(
  setting: Setting,
  around: Surroundings,
  { email, missing }: Extract<SignInStatus, { is: "signed-in" }>,
): void {
  const { signIn, say } = around;
  setting
    .setName(email === "" ? say("account.signed-in") : say("account.signed-in-as", { email }))
    .setDesc(missing.length > 0 ? missingScopes(missing, say) : "");
  if (missing.length > 0) addSignInButton(setting, around, "scope.ask-again");
  setting.addButton(button(say("account.sign-out"), () => signIn.signOut()));
}

function whySignedOut(status: SignInStatus): PlainKey {
  const because = status.is === "signed-out" ? status.because : undefined;
  if (because === undefined) return "account.sign-in-desc";
  return because === "other-client" ? "signed-out.other-client" : `hold.signed-out.${because}`;
}

function addSignInButton(
  setting: Setting,
  around: Surroundings,
  label: "account.sign-in" | "scope.ask-again",
): void {
  setting.addButton(button(around.say(label), () => beginSignIn(around), "next"));
}
