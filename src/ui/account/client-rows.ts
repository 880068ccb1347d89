import { signal } from "@preact/signals-core";
import type { Setting } from "obsidian";
import { button } from "../button";
import { follow, type Say, type Surroundings } from "../surroundings";
import { addField, addFileField, addTaking } from "../fields";
import type { GivenClient } from "../sign-in-port";
import { confirmAccountChange } from "./account-change";
import { sentences } from "../wording";
import type { AccountRow } from "./account-row";

/** What brings a client of one's own: the console's file, or its id and secret. Nothing typed here is saved as it is. */
export function clientRows(around: Surroundings): readonly AccountRow[] {
  const { signedIn, say } = around;
  const changing = signal(false);
  const areFieldsShown = (): boolean => changing.value || signedIn.value.is === "no-client";
  /** Rows are drawn anew while a person types: what they typed must not be gone. The secret is kept until it is taken. */
  const typed = { id: "", secret: "" };
  let idRow: Setting | undefined;
  const take = async (given: GivenClient, setting: Setting): Promise<boolean> => {
    const isTaken = await takeClient(given, setting, around);
    if (isTaken) changing.value = false;
    return isTaken;
  };
  return [
    {
      name: say("account.client"),
      desc: say("account.client-none"),
      visible: () => true,
      render: (setting, life) => {
        setting.setClass("vib-client-row");
        follow(
          life,
          () => {
            const known = signedIn.value.is !== "no-client";
            setting
              .clear()
              .setName(say("account.client"))
              .setDesc(
                known
                  ? say("account.client-known", { id: around.signIn.clientId ?? "" })
                  : say("account.client-none"),
              );
            if (!known) return;
            const label = say(changing.value ? "cancel" : "account.client-change");
            setting.addButton(button(label, () => (changing.value = !changing.peek())));
          },
          setting.settingEl,
        );
      },
    },
    {
      name: say("account.client-json"),
      desc: say("account.client-json-desc"),
      visible: areFieldsShown,
      render: (setting) => renderJson(setting, say, (text) => take(text, setting)),
    },
    {
      name: say("account.client-id"),
      desc: say("account.client-pair-desc"),
      visible: areFieldsShown,
      render: (setting) => {
        idRow = setting;
        addField(setting, say("account.client-id"), (field) =>
          field.setValue(typed.id).onChange((id) => (typed.id = id)),
        );
      },
    },
    {
      name: say("account.client-secret"),
      desc: "",
      visible: areFieldsShown,
      render: (setting) => {
        const takePair = async (): Promise<boolean> => {
          const isOfId = around.signIn.readClient(typed).is === "wrong-id";
          for (const row of [idRow, setting]) row?.setErrorMessage(null);
          const isTaken = await take({ ...typed }, (isOfId && idRow) || setting);
          if (isTaken) typed.secret = "";
          return isTaken;
        };
        addField(setting, say("account.client-secret"), (field) => {
          field.inputEl.type = "password";
          field.setValue(typed.secret).onChange((secret) => (typed.secret = secret));
          addTaking(setting, field, say("account.client-save"), "plain", takePair);
        });
      },
    },
  ];
}

function renderJson(setting: Setting, say: Say, take: (text: string) => Promise<boolean>): void {
  const label = say("account.client-json");
  const file = addFileField(setting.controlEl, label, { accept: ".json,application/json" }, ([chosen]) => {
    void chosen?.text().then(take);
  });
  setting.setClass("vib-roomy").addTextArea((area) => {
    area.inputEl.setAttr("aria-label", label);
    area.inputEl.rows = 2;
    area.inputEl.addClass("vib-client-json");
    area.setPlaceholder(say("account.client-json-placeholder"));
    area.onChange((text) => {
      // While it is typed by hand it is no JSON yet; a paste is whole.
      if (text.trim() === "") setting.setErrorMessage(null);
      else void take(text).then((isTaken) => void (isTaken && area.setValue("")));
    });
  });
  setting.addButton(button(say("account.client-json-choose"), () => file.click()));
}

/** Takes a client, and answers whether it did; says at the field what else it was. Asks before it ends a sign-in. */
async function takeClient(given: GivenClient, setting: Setting, around: Surroundings): Promise<boolean> {
  const { signIn, signedIn, say } = around;
  const { is, client } = signIn.readClient(given);
  const needsAnother = is === "web-client" || is === "service-account" || is === "no-secret";
  const next = needsAnother ? say("client.make") : "";
  setting.setErrorMessage(is === "client" ? null : sentences(say(`client.${is}`), next));
  if (is !== "client") return false;
  if (signedIn.peek().is === "signed-in" && client?.id !== signIn.clientId) {
    const change = { what: "client", from: "", to: "" } as const;
    if (!(await confirmAccountChange(around, change, "change.sign-in"))) return false;
  }
  signIn.setClient(given);
  return true;
}
