import { ConfirmationModal, type App } from "obsidian";
import type { Words } from "../../i18n";
import type { AccountChange } from "../sign-in-port";

/**
 * Says what it means that another account or client takes the place of the one before, and asks.
 *
 * @returns whether the person wants it
 */
export function confirmAccountChange(app: App, words: Words, change: AccountChange): Promise<boolean> {
  return new Promise((resolve) => {
    const modal = new ConfirmationModal(app);
    modal.setTitle(words.say("change.title"));
    const named = (email: string): string => (email === "" ? words.say("change.unknown") : email);
    const what =
      change.what === "client"
        ? words.say("change.client")
        : words.say("change.account", { from: named(change.from), to: named(change.to) });
    modal.contentEl.createEl("p", { text: what });
    modal.contentEl.createEl("p", { text: words.say("change.unseen") });
    modal
      .addButton((button) =>
        button
          .setButtonText(words.say("change.confirm"))
          .setDestructive()
          .onClick(() => resolve(true)),
      )
      .addCancelButton(words.say("cancel"));
    modal.setCloseCallback(() => resolve(false));
    modal.open();
  });
}
