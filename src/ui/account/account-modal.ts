import { Component, Modal, Platform } from "obsidian";
import type { Surroundings } from "../surroundings";
import { accountRows } from "./account-rows";
import { showRows } from "./show-rows";
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
    showRows(this.contentEl, this.#life, accountRows(this.around));
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
  else void signInAtOnce(around);
}

async function signInAtOnce(around: Surroundings): Promise<void> {
  const outcome = await signInHere(around);
  // The answer is to be brought by hand: there must be a place for it.
  if (outcome.is === "no-listener") openAccount(around);
}
