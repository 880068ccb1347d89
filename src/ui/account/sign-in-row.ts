import type { Setting } from "obsidian";
import type { PlainKey } from "../../i18n";
import type { SignInStatus } from "../sign-in-port";
import { button } from "../button";
import { follow, type Surroundings } from "../surroundings";
import type { AccountRow } from "./account-row";
import { missingScopes } from "./missing-scopes";
import { askWhatGoogleSaid, beginSignIn } from "./sign-in-here";

/** Signing in and out on this device, and how it stands. */
export function signInRow(around: Surroundings): AccountRow {
  const { signIn, signedIn, words } = around;
  return {
    name: words.say("account.sign-in"),
    desc: words.say("account.sign-in-desc"),
    isVisible: () => signedIn.value.is !== "no-client",
    render: (setting, life) => {
      setting.settingEl.addClasses(["vib-sign-in-row", "vib-roomy"]);
      follow(life, () => {
        const status = signedIn.value;
        setting.clear();
        if (signIn.waiting !== undefined) showWaiting(setting, around, signIn.waiting.url);
        else if (status.is === "signed-in") showSignedIn(setting, around, status);
        else {
          setting.setName(words.say("account.sign-in")).setDesc(words.say(whySignedOut(status)));
          addSignInButton(setting, around, "account.sign-in");
        }
      });
    },
  };
}

function showWaiting(setting: Setting, around: Surroundings, url: string | undefined): void {
  const { signIn, words } = around;
  setting.setName(words.say("account.sign-in")).setDesc(words.say("account.waiting"));
  if (url !== undefined) {
    setting.addButton(button(words.say("account.open-again"), () => around.openBrowser(url)));
  }
  setting
    .addButton(button(words.say("page.ask"), () => askWhatGoogleSaid(around)))
    .addButton(button(words.say("account.cancel"), () => signIn.cancel()));
}

function showSignedIn(
  setting: Setting,
  around: Surroundings,
  { email, missing }: Extract<SignInStatus, { is: "signed-in" }>,
): void {
  const { signIn, words } = around;
  setting
    .setName(email === "" ? words.say("account.signed-in") : words.say("account.signed-in-as", { email }))
    .setDesc(missing.length > 0 ? missingScopes(words, missing) : "");
  if (missing.length > 0) addSignInButton(setting, around, "scope.ask-again");
  setting.addButton(button(words.say("account.sign-out"), () => signIn.signOut()));
}

function whySignedOut(status: SignInStatus): PlainKey {
  switch (status.is === "signed-out" ? status.because : undefined) {
    case "ended":
      return "hold.signed-out.ended";
    case "testing":
      return "hold.signed-out.testing";
    case "other-client":
      return "signed-out.other-client";
    case undefined:
      return "account.sign-in-desc";
  }
}

function addSignInButton(
  setting: Setting,
  around: Surroundings,
  label: "account.sign-in" | "scope.ask-again",
): void {
  setting.addButton(button(around.words.say(label), () => beginSignIn(around), "next"));
}
