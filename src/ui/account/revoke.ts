import { Notice, type Component } from "obsidian";
import type { PhotosError } from "../../model";
import { button } from "../button";
import { openQuestion } from "../dialog";
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
      const tellError = (error: PhotosError): void => void setting.setErrorMessage(sayError(words, error));
      const ask = (): void => confirmRevoke(around, life, tellError);
      setting.addButton(button(words.say("account.revoke-action"), ask, "destructive"));
    },
  };
}

/** Ends the sign-ins of all devices, once the person has confirmed it. */
function confirmRevoke(around: Surroundings, life: Component, tellError: (error: PhotosError) => void): void {
  const { signIn, words } = around;
  const over = new AbortController();
  life.register(() => over.abort());
  const name = words.say("account.revoke");
  const revoke = async (): Promise<void> => {
    const revoked = await signIn.revokeEverywhere(over.signal);
    if (revoked.is === "failed") tellError(revoked.error);
    else new Notice(words.say("account.revoked"));
  };
  openQuestion(around, name, words.say("account.revoke-confirm"), name, revoke, "destructive");
}
