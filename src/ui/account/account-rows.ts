import { Notice, Platform, type Setting } from "obsidian";
import { follow, type Surroundings } from "../surroundings";
import { sayError, sayOutcome } from "../wording";
import type { AccountRow } from "./account-row";
import { clientRows } from "./client-rows";
import { confirmRevoke } from "./revoke";
import { signInHere } from "./sign-in-here";

export function accountRows(around: Surroundings): readonly AccountRow[] {
  return [...clientRows(around), signInRow(around), addressRow(around), testRow(around), revokeRow(around)];
}

function signInRow(around: Surroundings): AccountRow {
  const { signIn, signedIn, words } = around;
  return {
    name: words.say("account.sign-in"),
    desc: words.say("account.sign-in-desc"),
    isVisible: () => signedIn.value.is !== "no-client",
    render: (setting, life) => {
      setting.settingEl.addClass("vib-sign-in-row");
      follow(life, () => {
        const status = signedIn.value;
        setting.clear();
        if (signIn.waiting !== undefined) {
          setting.setName(words.say("account.sign-in")).setDesc(words.say("account.waiting"));
          const { url } = signIn.waiting;
          if (url !== undefined) {
            setting.addButton((button) =>
              button.setButtonText(words.say("account.open-again")).onClick(() => around.openBrowser(url)),
            );
          }
          setting.addButton((button) =>
            button.setButtonText(words.say("account.cancel")).onClick(() => signIn.cancel()),
          );
        } else if (status.is === "signed-in") {
          const { email, missing } = status;
          setting
            .setName(
              email === "" ? words.say("account.signed-in") : words.say("account.signed-in-as", { email }),
            )
            .setDesc(missing.length > 0 ? words.say("account.missing-scopes") : "");
          if (missing.length > 0) addSignInButton(setting, around);
          setting.addButton((button) =>
            button.setButtonText(words.say("account.sign-out")).onClick(() => signIn.signOut()),
          );
        } else {
          const testing = status.is === "signed-out" && status.because === "testing";
          setting
            .setName(words.say("account.sign-in"))
            .setDesc(words.say(testing ? "hold.signed-out.testing" : "account.sign-in-desc"));
          addSignInButton(setting, around);
        }
      });
    },
  };
}

function addSignInButton(setting: Setting, around: Surroundings): void {
  setting.addButton((button) =>
    button
      .setButtonText(around.words.say("account.sign-in"))
      .setCta()
      .onClick(async () => {
        if (Platform.isMobileApp) await around.signIn.beginOnPhone();
        else await signInHere(around);
      }),
  );
}

/** Where the browser cannot come back by itself, the person brings the address that it ended on. */
function addressRow({ signIn, signedIn, words }: Surroundings): AccountRow {
  let brought = "";
  return {
    name: words.say("account.address"),
    desc: words.say("account.waiting-phone"),
    isVisible: () => signedIn.value.is !== "no-client" && signIn.waiting?.how === "phone",
    render: (setting) => {
      setting.addText((text) => {
        text.inputEl.setAttr("aria-label", words.say("account.address"));
        text.onChange((value) => (brought = value));
      });
      setting.addButton((button) =>
        button
          .setButtonText(words.say("account.finish"))
          .setCta()
          .onClick(async () => {
            const outcome = await signIn.finish(brought);
            const said = sayOutcome(words, outcome);
            setting.setErrorMessage(outcome.is === "signed-in" ? null : said);
            if (outcome.is === "signed-in") new Notice(said);
          }),
      );
    },
  };
}

function testRow({ signIn, signedIn, words }: Surroundings): AccountRow {
  return {
    name: words.say("account.test"),
    desc: words.say("account.test-desc"),
    isVisible: () => signedIn.value.is === "signed-in",
    render: (setting, life) => {
      const over = new AbortController();
      life.register(() => over.abort());
      setting.addButton((button) =>
        button.setButtonText(words.say("account.test-action")).onClick(async () => {
          setting.setErrorMessage(null).setDesc(words.say("account.test-running"));
          const test = await signIn.testConnection(over.signal);
          setting.setDesc(words.say("account.test-desc"));
          if (test.is === "failed") setting.setErrorMessage(sayError(words, test.error));
          else if (test.missing.length > 0) setting.setErrorMessage(words.say("account.missing-scopes"));
          else if (test.account.email === "") setting.setDesc(words.say("account.test-works-unnamed"));
          else setting.setDesc(words.say("account.test-works", { email: test.account.email }));
        }),
      );
    },
  };
}

function revokeRow(around: Surroundings): AccountRow {
  const { signedIn, words } = around;
  return {
    name: words.say("account.revoke"),
    desc: words.say("account.revoke-desc"),
    isVisible: () => signedIn.value.is === "signed-in",
    render: (setting, life) => {
      setting.addButton((button) =>
        button
          .setButtonText(words.say("account.revoke-action"))
          .setDestructive()
          .onClick(() =>
            confirmRevoke(around, life, (error) => {
              setting.setErrorMessage(sayError(words, error));
            }),
          ),
      );
    },
  };
}
