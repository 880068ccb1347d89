import { Setting } from "obsidian";
import { button } from "../button";
import { openDialog } from "../dialog";
import type { Brought } from "../sign-in-port";
import type { Surroundings } from "../surroundings";
import { textField } from "../text-field";
import { sayOutcome } from "../wording";
import { tellOutcome } from "./tell-outcome";

/** Asks for the code that opens a sign-in which another device has locked. */
export function openTakeOver(around: Surroundings, brought: Brought): void {
  const { app, say, signIn } = around;
  openDialog(app, say("take-over.title"), "vib-take-over", (el, _life, close) => {
    let code = "";
    const setting = new Setting(el)
      .setClass("vib-roomy")
      .setName(say("take-over.code"))
      .setDesc(say("take-over.text"));
    const open = async (): Promise<void> => {
      setting.setErrorMessage(null).setDesc(say("take-over.busy"));
      const outcome = await signIn.takeOver(brought, code);
      setting.setDesc(say("take-over.text"));
      if (outcome.is === "wrong-code") {
        setting.setErrorMessage(sayOutcome(outcome, say));
        return;
      }
      close();
      tellOutcome(outcome, say);
    };
    setting
      .addText((text) => {
        const { inputEl } = textField(say("take-over.code"), (typed) => (code = typed))(text);
        inputEl.setAttr("autocapitalize", "off");
        inputEl.spellcheck = false;
        inputEl.addEventListener("keydown", (event) => {
          if (event.key === "Enter" && !event.isComposing) void open();
        });
      })
      .addButton(button(say("account.sign-in"), open, "next"));
  });
}
