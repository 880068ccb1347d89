import { ConfirmationModal, Notice, type Component } from "obsidian";
import type { PhotosError } from "../../model";
import type { Surroundings } from "../surroundings";
import { sayError } from "../wording";
import type { AccountRow } from "./account-row";

export function revokeRow(around: Surroundings): AccountRow {
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

/** Ends the sign-ins of all devices, once the person has confirmed it. */
function confirmRevoke(
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
