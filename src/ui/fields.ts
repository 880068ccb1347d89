import type { Setting, TextComponent } from "obsidian";
import { button, type Look } from "./button";

/** Adds a text field of a name to a row. */
export function addField(setting: Setting, label: string, use: (field: TextComponent) => unknown): void {
  setting.setClass("vib-roomy").addText((field) => {
    field.inputEl.setAttr("aria-label", label);
    field.inputEl.autocomplete = "off";
    use(field);
  });
}

/**
 * Adds a button that hands on what is typed into a field.
 *
 * @param take  answers whether the field has had its use: then it is emptied, so that it is kept nowhere else
 * @returns     does what the button does
 */
export function addTaking(
  setting: Setting,
  field: TextComponent,
  label: string,
  look: Look,
  take: (typed: string) => boolean | Promise<boolean>,
): () => Promise<void> {
  const act = async (): Promise<void> => {
    if (await take(field.getValue())) field.setValue("");
  };
  setting.addButton(button(label, act, look));
  return act;
}

/** Adds a field for files that is not to be seen: a button clicks it. */
export function addFileField(
  parent: HTMLElement,
  label: string,
  attr: Readonly<Record<string, string>>,
  take: (chosen: readonly File[]) => void,
): HTMLInputElement {
  const field = parent.createEl("input", { type: "file", attr: { "aria-label": label, ...attr } });
  field.hide();
  field.addEventListener("change", () => {
    take([...(field.files ?? [])]);
    field.value = "";
  });
  return field;
}
