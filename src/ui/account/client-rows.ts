import { signal, type Signal } from "@preact/signals-core";
import type { Setting } from "obsidian";
import { button } from "../button";
import { follow, type Surroundings } from "../surroundings";
import { textField } from "../text-field";
import type { AccountRow } from "./account-row";

/** What brings a client of one's own: the console's file, or its id and secret. Nothing typed here is saved as it is. */
export function clientRows(around: Surroundings): readonly AccountRow[] {
  const { signedIn, say } = around;
  const changing = signal(false);
  const areFieldsShown = (): boolean => changing.value || signedIn.value.is === "no-client";
  const pair = { id: "", secret: "" };
  return [
    {
      name: say("account.client"),
      desc: say("account.client-none"),
      isVisible: () => true,
      render: (setting, life) => {
        follow(life, () => {
          const known = signedIn.value.is !== "no-client";
          const id = around.signIn.clientId ?? "";
          setting
            .clear()
            .setName(say("account.client"))
            .setDesc(known ? say("account.client-known", { id }) : say("account.client-none"));
          if (!known || changing.value) return;
          setting.addButton(button(say("account.client-change"), () => (changing.value = true)));
        });
      },
    },
    {
      name: say("account.client-json"),
      desc: say("account.client-json-desc"),
      isVisible: areFieldsShown,
      render: (setting) => renderJson(setting, around, changing),
    },
    {
      name: say("account.client-id"),
      desc: say("account.client-pair-desc"),
      isVisible: areFieldsShown,
      render: (setting) => {
        setting.settingEl.addClass("vib-roomy");
        setting.addText(textField(say("account.client-id"), (typed) => (pair.id = typed)));
      },
    },
    {
      name: say("account.client-secret"),
      desc: "",
      isVisible: areFieldsShown,
      render: (setting) => {
        let forget = (): void => undefined;
        setting.settingEl.addClass("vib-roomy");
        setting
          .addText((text) => {
            // What was taken is kept in one place only.
            forget = () => {
              text.setValue("");
              pair.secret = "";
            };
            text.inputEl.type = "password";
            textField(say("account.client-secret"), (typed) => (pair.secret = typed))(text);
          })
          .addButton(
            button(say("account.client-save"), () => {
              if (takeClient({ ...pair }, setting, around, changing)) forget();
            }),
          );
      },
    },
  ];
}

function renderJson(setting: Setting, around: Surroundings, changing: Signal<boolean>): void {
  const { say } = around;
  const file = setting.controlEl.createEl("input", {
    type: "file",
    cls: "vib-client-file",
    attr: { accept: ".json,application/json", "aria-label": say("account.client-json") },
  });
  setting.settingEl.addClass("vib-roomy");
  file.hide();
  file.addEventListener("change", () => {
    const [chosen] = file.files ?? [];
    if (chosen === undefined) return;
    void chosen.text().then((text) => takeClient(text, setting, around, changing));
    file.value = "";
  });
  setting.addTextArea((area) => {
    area.inputEl.setAttr("aria-label", say("account.client-json"));
    area.inputEl.rows = 2;
    area.inputEl.addClass("vib-client-json");
    area.setPlaceholder(say("account.client-json-placeholder"));
    area.onChange((text) => {
      // While it is typed by hand it is no JSON yet; a paste is whole.
      if (text.trim() === "") setting.setErrorMessage(null);
      else if (takeClient(text, setting, around, changing)) area.setValue("");
    });
  });
  setting.addButton(button(say("account.client-json-choose"), () => file.click()));
}

/** Answers whether it was a client; says at the field what else it was. */
function takeClient(
  given: string | { readonly id: string; readonly secret: string },
  setting: Setting,
  { signIn, say }: Surroundings,
  changing: Signal<boolean>,
): boolean {
  const { is } = signIn.setClient(given);
  const needsAnother = is === "web-client" || is === "service-account" || is === "no-secret";
  const next = needsAnother ? ` ${say("client.make")}` : "";
  setting.setErrorMessage(is === "client" ? null : `${say(`client.${is}`)}${next}`);
  if (is === "client") changing.value = false;
  return is === "client";
}
