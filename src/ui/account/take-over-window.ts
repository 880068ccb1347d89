import { Setting } from "obsidian";
import { button } from "../button";
import { openDialog } from "../dialog";
import type { Brought } from "../sign-in-port";
import type { Surroundings } from "../surroundings";
import { textField } from "../text-field";
import { outcomeText, tellOutcome } from "./tell-outcome";

/** Asks for the code that opens a sign-in which another device has locked. */
export function openTakeOver(around: Surroundings, brought: Brought): void {
  const { app, words, signIn } = around;
  openDialog(app, words.say("take-over.title"), "vib-take-over", (el, _life, close) => {
    let code = "";
    const setting = new Setting(el)
      .setClass("vib-roomy")
      .setName(words.say("take-over.code"))
      .setDesc(words.say("take-over.text"));
    const open = async (): Promise<void> => {
      setting.setErrorMessage(null).setDesc(words.say("take-over.busy"));
      const outcome = await signIn.takeOver(brought, code);
      setting.setDesc(words.say("take-over.text"));
      if (outcome.is === "wrong-code") {
        setting.setErrorMessage(outcomeText(words, outcome));
        return;
      }
      close();
      tellOutcome(words, outcome);
    };
    setting
      .addText((text) => {
        const { inputEl } = textField(words.say("take-over.code"), (typed) => (code = typed))(text);
        inputEl.setAttr("autocapitalize", "off");
        inputEl.spellcheck = false;
        inputEl.addEventListener("keydown", (event) => {
          if (event.key === "Enter" && !event.isComposing) void open();
        });
      })
      .addButton(button(words.say("account.sign-in"), open, "next"));
  });
}
