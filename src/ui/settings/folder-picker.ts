import { FuzzySuggestModal, type FuzzyMatch } from "obsidian";
import type { Surroundings } from "../surroundings";
import { changeFolders, imagesByFolder, type FolderList } from "./folder-choice";

/** Lets the person add one folder of the vault to a list; beside each stands how many images it holds. */
class FolderPicker extends FuzzySuggestModal<string> {
  readonly #counts: ReadonlyMap<string, number>;

  constructor(
    private readonly around: Surroundings,
    private readonly list: FolderList,
  ) {
    super(around.app);
    this.#counts = imagesByFolder(around.status.images().keys());
    this.setPlaceholder(around.say("settings.pick-folder"));
    this.modalEl.addClass("vib-folder-picker");
  }

  override getItems(): string[] {
    const { app, settings } = this.around;
    const taken = settings.read().folders[this.list];
    return app.vault
      .getAllFolders()
      .map(({ path }) => path)
      .filter((path) => !taken.includes(path))
      .sort((one, other) => one.localeCompare(other));
  }

  override getItemText(path: string): string {
    return path;
  }

  override renderSuggestion(match: FuzzyMatch<string>, el: HTMLElement): void {
    el.addClass("mod-complex");
    super.renderSuggestion(match, el.createDiv("suggestion-content"));
    const n = this.#counts.get(match.item) ?? 0;
    const text = this.around.say("settings.folder-count", { n });
    el.createDiv("suggestion-aux").createSpan({ cls: "suggestion-flair", text });
  }

  override onChooseItem(path: string): void {
    void changeFolders(this.around, this.list, (before) => [...new Set([...before, path])]);
  }
}

export function pickFolder(around: Surroundings, list: FolderList): void {
  new FolderPicker(around, list).open();
}
