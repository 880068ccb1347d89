import type * as obs from "obsidian";
import type { App } from "./app";
import { Scope } from "./keymap";
import { SuggestionList } from "./suggestion-list";

export abstract class PopoverSuggest<T> {
  app: App;
  scope: Scope;
  readonly _el: HTMLElement;
  readonly _list: SuggestionList<T>;

  constructor(app: App, scope?: Scope) {
    this.app = app;
    this.scope = scope ?? new Scope(app.scope);
    this._el = createDiv("suggestion-container");
    this._list = new SuggestionList<T>(this._el.createDiv("suggestion"), {
      render: (value, el) => this.renderSuggestion(value, el),
      choose: (value, event) => this.selectSuggestion(value, event),
    });
    this._list.registerKeys(this.scope);
    this.scope.register([], "Escape", () => {
      this.close();
      return false;
    });
  }

  open(): void {
    if (this._el.isConnected) return;
    activeDocument.body.append(this._el);
    this.app.keymap.pushScope(this.scope);
  }

  close(): void {
    if (!this._el.isConnected) return;
    this._el.remove();
    this.app.keymap.popScope(this.scope);
  }

  abstract renderSuggestion(value: T, el: HTMLElement): void;
  abstract selectSuggestion(value: T, event: MouseEvent | KeyboardEvent): void;

  _placeUnder(el: HTMLElement): void {
    const at = el.getBoundingClientRect();
    this._el.setCssProps({ left: `${at.left}px`, top: `${at.bottom + 2}px`, "min-width": `${at.width}px` });
  }
}

// Obsidian's class has a protected member, so for the compiler only a class derived from it can stand for it.
type Base = abstract new <T>(app: App) => PopoverSuggest<T> & obs.AbstractInputSuggest<T>;

export abstract class AbstractInputSuggest<T> extends (PopoverSuggest as unknown as Base)<T> {
  override limit = 100;
  readonly _inputEl: HTMLInputElement | HTMLDivElement;
  _chosen: ((value: T, event: MouseEvent | KeyboardEvent) => unknown)[] = [];

  constructor(app: App, textInputEl: HTMLInputElement | HTMLDivElement) {
    super(app);
    this._inputEl = textInputEl;
    const update = (): void => void this._update();
    textInputEl.addEventListener("input", update);
    textInputEl.addEventListener("focus", update);
    textInputEl.addEventListener("blur", () => this.close());
  }

  override setValue(value: string): void {
    if (this._inputEl instanceof HTMLInputElement) this._inputEl.value = value;
    else this._inputEl.setText(value);
  }

  override getValue(): string {
    return this._inputEl instanceof HTMLInputElement ? this._inputEl.value : this._inputEl.getText();
  }

  override selectSuggestion(value: T, event: MouseEvent | KeyboardEvent): void {
    for (const chosen of this._chosen) chosen(value, event);
  }

  override onSelect(callback: (value: T, event: MouseEvent | KeyboardEvent) => unknown): this {
    this._chosen.push(callback);
    return this;
  }

  protected abstract override getSuggestions(query: string): T[] | Promise<T[]>;

  async _update(): Promise<void> {
    const query = this.getValue();
    const found = await this.getSuggestions(query);
    if (query !== this.getValue() || !this._inputEl.isActiveElement()) return;
    if (found.length === 0) return this.close();
    this.open();
    this._placeUnder(this._inputEl);
    this._list.show(this.limit > 0 ? found.slice(0, this.limit) : found);
  }
}
