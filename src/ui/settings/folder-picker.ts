import { FuzzySuggestModal, type FuzzyMatch } from "obsidian";
import type { Surroundings } from "../surroundings";
import { imagesByFolder } from "./folder-choice";

/** Lets the person pick one folder of the vault; beside each stands how many images it holds. */
export class FolderPicker extends FuzzySuggestModal<string> {
  readonly #counts: ReadonlyMap<string, number>;

  /** @param taken  folders that are in the list already */
  constructor(
    private readonly around: Surroundings,
    private readonly taken: readonly string[],
    private readonly pick: (path: string) => void,
  ) {
    super(around.app);
    this.#counts = imagesByFolder(around.status.images().keys());
    this.setPlaceholder(around.words.say("settings.pick-folder"));
    this.modalEl.addClass("vib-folder-picker");
  }

  override getItems(): string[] {
    return this.around.app.vault
      .getAllFolders()
      .map(({ path }) => path)
      .filter((path) => !this.taken.includes(path));
  }

  override getItemText(path: string): string {
    return path;
  }

  override renderSuggestion(match: FuzzyMatch<string>, el: HTMLElement): void {
    el.addClass("mod-complex");
    super.renderSuggestion(match, el.createDiv({ cls: "suggestion-content" }));
    const n = this.#counts.get(match.item) ?? 0;
    const text = this.around.words.say("settings.folder-count", { n });
    el.createDiv({ cls: "suggestion-aux" }).createSpan({ cls: "suggestion-flair", text });
  }

  override onChooseItem(path: string): void {
    this.pick(path);
  }
}
