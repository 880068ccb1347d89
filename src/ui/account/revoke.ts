import { Notice, type Component } from "obsidian";
import type { PhotosError } from "../../model";
import { button } from "../button";
import { openQuestion } from "../dialog";
import { endOf, type Surroundings } from "../surroundings";
import { sayError } from "../wording";
import type { AccountRow } from "./account-row";

export function revokeRow(around: Surroundings): AccountRow {
  const { signedIn, say } = around;
  return {
    name: say("account.revoke"),
    desc: say("account.revoke-desc"),
    visible: () => signedIn.value.is === "signed-in",
    render: (setting, life) => {
      const tellError = (error: PhotosError): void => void setting.setErrorMessage(sayError(error, say));
      const ask = (): void => confirmRevoke(around, life, tellError);
      setting.addButton(button(say("account.revoke-action"), ask, "destructive"));
    },
  };
}

/** Ends the sign-ins of all devices, once the person has confirmed it. */
function confirmRevoke(around: Surroundings, life: Component, tellError: (error: PhotosError) => void): void {
  const { signIn, say } = around;
  const over = endOf(life);
  const name = say("account.revoke");
  const revoke = async (): Promise<void> => {
    const revoked = await signIn.revokeEverywhere(over);
    if (revoked.is === "failed") tellError(revoked.error);
    else new Notice(say("account.revoked"));
  };
  openQuestion(around, name, say("account.revoke-confirm"), name, revoke, "destructive");
}
