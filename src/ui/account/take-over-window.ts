import { Setting } from "obsidian";
import { openDialog } from "../dialog";
import type { Brought } from "../sign-in-port";
import type { Surroundings } from "../surroundings";
import { addField, addTaking } from "../fields";
import { sayOutcome } from "../wording";
import { tellOutcome } from "./tell-outcome";

/** Asks for the code that opens a sign-in which another device has locked. */
export function openTakeOver(around: Surroundings, brought: Brought): void {
  const { app, say, signIn } = around;
  openDialog(app, say("take-over.title"), "vib-take-over", (el, _life, close) => {
    const setting = new Setting(el).setName(say("take-over.code")).setDesc(say("take-over.text"));
    const open = async (code: string): Promise<boolean> => {
      setting.setErrorMessage(null).setDesc(say("take-over.busy"));
      const outcome = await signIn.takeOver(brought, code);
      setting.setDesc(say("take-over.text"));
      if (outcome.is === "wrong-code") {
        setting.setErrorMessage(sayOutcome(outcome, say));
        return false;
      }
      close();
      tellOutcome(outcome, say);
      return true;
    };
    addField(setting, say("take-over.code"), (field) => {
      const act = addTaking(setting, field, say("account.sign-in"), "next", open);
      const { inputEl } = field;
      inputEl.setAttr("autocapitalize", "off");
      inputEl.spellcheck = false;
      inputEl.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && !event.isComposing) void act();
      });
    });
  });
}
