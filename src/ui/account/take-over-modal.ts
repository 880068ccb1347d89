import { Modal, Setting } from "obsidian";
import type { Brought } from "../sign-in-port";
import type { Surroundings } from "../surroundings";
import { outcomeText, tellOutcome } from "./tell-outcome";

/** Asks for the code that opens a sign-in which another device has locked. */
class TakeOverModal extends Modal {
  #code = "";

  constructor(
    private readonly around: Surroundings,
    private readonly brought: Brought,
  ) {
    super(around.app);
    this.setTitle(around.words.say("take-over.title"));
    this.modalEl.addClass("vib-take-over");
  }

  override onOpen(): void {
    const { words } = this.around;
    const setting = new Setting(this.contentEl)
      .setClass("vib-roomy")
      .setName(words.say("take-over.code"))
      .setDesc(words.say("take-over.text"));
    setting.addText((text) => {
      const { inputEl } = text;
      inputEl.setAttr("aria-label", words.say("take-over.code"));
      inputEl.setAttr("autocapitalize", "off");
      inputEl.autocomplete = "off";
      inputEl.spellcheck = false;
      text.onChange((value) => (this.#code = value));
      inputEl.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && !event.isComposing) void this.#open(setting);
      });
    });
    setting.addButton((button) =>
      button
        .setButtonText(words.say("account.sign-in"))
        .setCta()
        .onClick(() => this.#open(setting)),
    );
  }

  override onClose(): void {
    this.#code = "";
    this.contentEl.empty();
  }

  async #open(setting: Setting): Promise<void> {
    const { words, signIn } = this.around;
    setting.setErrorMessage(null).setDesc(words.say("take-over.busy"));
    const outcome = await signIn.takeOver(this.brought, this.#code);
    setting.setDesc(words.say("take-over.text"));
    if (outcome.is === "wrong-code") {
      setting.setErrorMessage(outcomeText(words, outcome));
      return;
    }
    this.close();
    tellOutcome(words, outcome);
  }
}

export function openTakeOver(around: Surroundings, brought: Brought): void {
  new TakeOverModal(around, brought).open();
}
