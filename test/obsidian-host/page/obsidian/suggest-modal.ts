import type { FuzzyMatch, Instruction } from "obsidian";
import type { App } from "./app";
import { Modal } from "./modal";
import { prepareFuzzySearch, renderResults, sortSearchResults } from "./search";
import { SuggestionList } from "./suggestion-list";

export abstract class SuggestModal<T> extends Modal {
  limit = 100;
  emptyStateText = "No results found.";
  inputEl: HTMLInputElement;
  resultContainerEl: HTMLElement;
  readonly _list: SuggestionList<T>;

  constructor(app: App) {
    super(app);
    this.modalEl.className = "prompt";
    this.modalEl.empty();
    this.modalEl.setAttr("aria-label", "Prompt");
    const line = this.modalEl.createDiv("prompt-input-container");
    this.inputEl = line.createEl("input", {
      cls: "prompt-input",
      type: "text",
      attr: { "aria-label": "Search" },
    });
    this.resultContainerEl = this.modalEl.createDiv("prompt-results");
    this._list = new SuggestionList<T>(this.resultContainerEl, {
      render: (value, el) => this.renderSuggestion(value, el),
      choose: (value, event) => this.selectSuggestion(value, event),
    });
    this._list.registerKeys(this.scope);
    this.inputEl.addEventListener("input", () => void this._update());
  }

  setPlaceholder(placeholder: string): void {
    this.inputEl.placeholder = placeholder;
  }

  setInstructions(instructions: Instruction[]): void {
    this.modalEl.querySelector(".prompt-instructions")?.remove();
    const line = this.modalEl.createDiv("prompt-instructions");
    for (const { command, purpose } of instructions) {
      const part = line.createDiv("prompt-instruction");
      part.createSpan({ cls: "prompt-instruction-command", text: command });
      part.createSpan({ text: purpose });
    }
  }

  override open(): void {
    super.open();
    this.inputEl.focus();
    void this._update();
  }

  onNoSuggestion(): void {
    this._list.show([]);
    this.resultContainerEl.createDiv({ cls: "suggestion-empty", text: this.emptyStateText });
  }

  selectSuggestion(value: T, event: MouseEvent | KeyboardEvent): void {
    this.close();
    this.onChooseSuggestion(value, event);
  }

  selectActiveSuggestion(event: MouseEvent | KeyboardEvent): void {
    this._list.chooseSelected(event);
  }

  abstract getSuggestions(query: string): T[] | Promise<T[]>;
  abstract renderSuggestion(value: T, el: HTMLElement): void;
  abstract onChooseSuggestion(item: T, event: MouseEvent | KeyboardEvent): void;

  async _update(): Promise<void> {
    const query = this.inputEl.value;
    const found = await this.getSuggestions(query);
    if (query !== this.inputEl.value) return;
    if (found.length === 0) this.onNoSuggestion();
    else this._list.show(this.limit > 0 ? found.slice(0, this.limit) : found);
  }
}

export abstract class FuzzySuggestModal<T> extends SuggestModal<FuzzyMatch<T>> {
  getSuggestions(query: string): FuzzyMatch<T>[] {
    const search = prepareFuzzySearch(query);
    const found: FuzzyMatch<T>[] = [];
    for (const item of this.getItems()) {
      const match = search(this.getItemText(item));
      if (match !== null) found.push({ item, match });
    }
    if (query !== "") sortSearchResults(found);
    return found;
  }

  renderSuggestion(found: FuzzyMatch<T>, el: HTMLElement): void {
    renderResults(el, this.getItemText(found.item), found.match);
  }

  onChooseSuggestion(found: FuzzyMatch<T>, event: MouseEvent | KeyboardEvent): void {
    this.onChooseItem(found.item, event);
  }

  abstract getItems(): T[];
  abstract getItemText(item: T): string;
  abstract onChooseItem(item: T, event: MouseEvent | KeyboardEvent): void;
}
