import { ConfirmationModal, Notice, type Component } from "obsidian";
import type { PhotosError } from "../../model";
import type { Surroundings } from "../surroundings";

/** Ends the sign-ins of all devices, once the person has confirmed it. */
export function confirmRevoke(
  { app, signIn, words }: Surroundings,
  life: Component,
  tellError: (error: PhotosError) => void,
): void {
  const over = new AbortController();
  life.register(() => over.abort());
  const modal = new ConfirmationModal(app);
  modal.setTitle(words.say("account.revoke")).setContent(words.say("account.revoke-confirm"));
  modal
    .addButton((button) =>
      button
        .setButtonText(words.say("account.revoke"))
        .setDestructive()
        .onClick(async () => {
          const revoked = await signIn.revokeEverywhere(over.signal);
          if (revoked.is === "failed") tellError(revoked.error);
          else new Notice(words.say("account.revoked"));
        }),
    )
    .addCancelButton(words.say("cancel"));
  modal.open();
}
