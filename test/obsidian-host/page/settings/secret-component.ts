import type { App } from "../obsidian/app";
import { SuggestModal } from "../obsidian/suggest-modal";
import { BaseComponent } from "./components";

/** Lets a person pick a kept secret by its name, or keep a new one; its value is the name. */
export class SecretComponent extends BaseComponent {
  readonly _app: App;
  readonly _buttonEl: HTMLButtonElement;
  _value = "";
  _changed: ((value: string) => unknown) | null = null;

  constructor(app: App, containerEl: HTMLElement) {
    super();
    this._app = app;
    this._buttonEl = containerEl.createEl("button", { cls: "secret-component", text: "Link..." });
    this._buttonEl.addEventListener("click", () => new SecretPicker(app, this).open());
  }

  override setDisabled(disabled: boolean): this {
    this._buttonEl.disabled = disabled;
    return super.setDisabled(disabled);
  }

  setValue(value: string): this {
    this._value = value;
    this._buttonEl.setText(value === "" ? "Link..." : value);
    return this;
  }

  onChange(callback: (value: string) => unknown): this {
    this._changed = callback;
    return this;
  }

  _choose(id: string): void {
    this.setValue(id);
    void this._changed?.(id);
  }
}

class SecretPicker extends SuggestModal<string> {
  readonly #for: SecretComponent;

  constructor(app: App, component: SecretComponent) {
    super(app);
    this.#for = component;
    this.setPlaceholder("Pick a secret, or type NAME=VALUE to keep a new one");
  }

  getSuggestions(query: string): string[] {
    if (query.includes("=")) return [query];
    return this.app.secretStorage.listSecrets().filter((id) => id.includes(query));
  }

  renderSuggestion(value: string, el: HTMLElement): void {
    el.setText(value.includes("=") ? `Keep as “${value.split("=")[0] ?? ""}”` : value);
  }

  onChooseSuggestion(value: string): void {
    const at = value.indexOf("=");
    const id = at < 0 ? value : value.slice(0, at);
    if (at >= 0) this.app.secretStorage.setSecret(id, value.slice(at + 1));
    this.#for._choose(id);
  }
}
