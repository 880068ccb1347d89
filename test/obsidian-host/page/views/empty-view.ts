import { ItemView } from "./view";

/** What a tab shows in which nothing is open. */
export class EmptyView extends ItemView {
  override getViewType(): string {
    return "empty";
  }

  override getDisplayText(): string {
    return "New tab";
  }

  protected override onOpen(): Promise<void> {
    this.contentEl.empty();
    const state = this.contentEl.createDiv("empty-state").createDiv("empty-state-container");
    state.createDiv({ cls: "empty-state-title", text: "No file is open" });
    return Promise.resolve();
  }
}

/** Shown where the plugin that made a view is no longer there. */
export class UnknownView extends ItemView {
  _type = "";

  override getViewType(): string {
    return this._type;
  }

  override getDisplayText(): string {
    return `Plugin no longer active (${this._type})`;
  }
}
