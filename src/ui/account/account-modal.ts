import { Component, Modal, Platform, Setting } from "obsidian";
import { follow, type Surroundings } from "../surroundings";
import { accountRows } from "./account-rows";
import { signInHere } from "./sign-in-here";

/** The account and everything about signing in, in a window of its own. */
class AccountModal extends Modal {
  readonly #life = new Component();

  constructor(private readonly around: Surroundings) {
    super(around.app);
    this.setTitle(around.words.say("account.heading"));
    this.modalEl.addClass("vib-account-modal");
  }

  override onOpen(): void {
    this.#life.load();
    for (const row of accountRows(this.around)) {
      const place = this.contentEl.createDiv();
      row.render(new Setting(place).setName(row.name).setDesc(row.desc), this.#life);
      follow(this.#life, () => place.toggle(row.isVisible()));
    }
  }

  override onClose(): void {
    this.#life.unload();
    this.contentEl.empty();
  }
}

export function openAccount(around: Surroundings): void {
  new AccountModal(around).open();
}

/**
 * Signs in: at once where a client is known and this device can wait for Google's answer, else in the account's
 * window, which leads through it.
 */
export function signIn(around: Surroundings): void {
  if (around.signIn.status.is === "no-client" || Platform.isMobileApp) openAccount(around);
  else void signInHere(around);
}
