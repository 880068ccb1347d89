import type { TextComponent } from "obsidian";

/** Gives a bare text field its name; what is typed is handed on, and remembered nowhere. */
export function textField(label: string, take: (typed: string) => void) {
  return (bare: TextComponent): TextComponent => {
    bare.inputEl.setAttr("aria-label", label);
    bare.inputEl.autocomplete = "off";
    return bare.onChange(take);
  };
}
