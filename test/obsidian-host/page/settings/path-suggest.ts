import type { App } from "../obsidian/app";
import { AbstractInputSuggest } from "../obsidian/popover-suggest";
import { prepareFuzzySearch } from "../obsidian/search";

/** Suggests paths of the vault below a text field. */
export class PathSuggest extends AbstractInputSuggest<string> {
  readonly #paths: () => string[];

  constructor(app: App, inputEl: HTMLInputElement, paths: () => string[]) {
    super(app, inputEl);
    this.#paths = paths;
    this.onSelect(() => this.close());
  }

  protected override getSuggestions(query: string): string[] {
    const search = prepareFuzzySearch(query);
    return this.#paths()
      .map((path) => ({ path, result: search(path) }))
      .filter(({ result }) => result !== null)
      .sort((a, b) => (b.result?.score ?? 0) - (a.result?.score ?? 0))
      .map(({ path }) => path);
  }

  override renderSuggestion(path: string, el: HTMLElement): void {
    el.setText(path);
  }
}
