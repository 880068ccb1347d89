import type { Component } from "obsidian";
import { openAccount } from "../account";
import { STORAGE_PAGE } from "../hold-action";
import { follow, type Surroundings } from "../surroundings";

/** In milliseconds. */
const MINUTE = 60_000;

/** Whose account it is, when the last run was, what Storage saver has saved, and the way to the account's storage. */
export function showAccountLine(parent: HTMLElement, life: Component, around: Surroundings): void {
  const { say, words, status, signedIn, now, openBrowser } = around;
  const el = parent.createDiv("vib-account-line");
  const account = el.createEl("button", "vib-link vib-account");
  account.addEventListener("click", () => openAccount(around));
  const storage = el.createEl("button", { cls: "vib-link", text: say("view.storage") });
  storage.addEventListener("click", () => openBrowser(STORAGE_PAGE));
  const last = el.createSpan();
  follow(life, () => {
    const signIn = signedIn.value;
    storage.toggle(signIn.is === "signed-in");
    if (signIn.is !== "signed-in") return account.setText(say("view.signed-out"));
    const { email } = signIn;
    account.setText(email === "" ? say("account.signed-in") : say("view.account", { email }));
  });
  const saved = el.createSpan();
  // Looks at every image: only when the vault has been looked through, and when a run has ended.
  follow(life, () => {
    const bytes = status.looked.value && status.run.value.is === "resting" ? status.savedBytes() : 0;
    saved.setText(bytes > 0 ? say("view.saved", { size: words.bytes(bytes) }) : "");
  });
  const sayLast = (): void => {
    const run = status.run.value;
    const ended = run.is === "resting" ? run.ended : undefined;
    last.setText(ended === undefined ? "" : say("view.last-run", { when: words.moment(ended, now()) }));
  };
  follow(life, sayLast);
  // What was today is told with its date tomorrow.
  life.registerInterval(window.setInterval(sayLast, MINUTE));
}
