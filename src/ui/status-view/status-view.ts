import { signal } from "@preact/signals-core";
import { ItemView, Menu, type ViewStateResult, type WorkspaceLeaf } from "obsidian";
import type { VaultPath } from "../../model";
import { addActions } from "../action";
import { fillImageMenu } from "../image-menu";
import { showMenu } from "../show-menu";
import { STATUS_VIEW } from "../open-status";
import { follow, type Surroundings } from "../surroundings";
import { showAccountLine } from "./account-line";
import type { Arrangement, ImageRow, Row } from "./arrange";
import { keepArranged } from "./arranger";
import { showFilters } from "./filters";
import { showImageList, type ImageList } from "./image-list";
import { showSelection } from "./selection-bar";
import { showStanding } from "./standing";
import { showSteps } from "./steps";

/** How the whole backup stands, and every image with its state. */
export class StatusView extends ItemView {
  override icon = "vib-cloud";
  override navigation = false;
  readonly #asked = signal<Arrangement>({
    filter: "all",
    query: "",
    groupBy: "note",
    onlyNote: undefined,
    folded: new Set(),
  });

  constructor(
    leaf: WorkspaceLeaf,
    private readonly around: Surroundings,
  ) {
    super(leaf);
  }

  override getViewType(): string {
    return STATUS_VIEW;
  }

  override getDisplayText(): string {
    return this.around.say("view.title");
  }

  override getState(): Record<string, unknown> {
    return { note: this.#asked.peek().onlyNote ?? null };
  }

  override async setState(state: unknown, result: ViewStateResult): Promise<void> {
    await super.setState(state, result);
    const onlyNote = noteIn(state);
    if (onlyNote !== this.#asked.peek().onlyNote) {
      this.#asked.value = { ...this.#asked.peek(), onlyNote, filter: "all", query: "" };
    }
  }

  protected override async onOpen(): Promise<void> {
    // A view that a start brings back is opened before anything is known of it.
    await this.around.settings.opened;
    const el = this.contentEl;
    el.empty();
    el.addClass("vib-status-view");
    const { around } = this;
    showStanding(el, this, around);
    showSteps(el, this, around);
    showAccountLine(el, this, around);
    showFilters(el, this, this.#asked, around);
    const empty = el.createDiv({ cls: "vib-empty" });
    const list = showImageList(el, this, around, {
      open: (row) => this.#open(row),
      fold: (group, folded) => this.#fold(group, folded),
      menu: (row, anchor, at) => this.#menu(list, row, anchor, at),
    });
    showSelection(el, this, list, around);
    keepArranged(this, around, this.#asked, (rows) => {
      empty.toggle(rows.length === 0 && around.status.totals.peek().found > 0);
      empty.setText(around.say(this.#asked.peek().query === "" ? "view.empty" : "view.no-match"));
      list.show(rows);
    });
    follow(this, () => el.toggleClass("is-first-use", !around.chosen.value.started));
  }

  #open(row: Row): void {
    if (row.path === "") return;
    const { app } = this.around;
    const isNote = row.kind === "group";
    if (isNote && app.vault.getFileByPath(row.path) === null) {
      this.#fold(row.path, !row.folded);
      return;
    }
    if (!isNote && row.missing) {
      if (row.group !== "") void app.workspace.openLinkText(row.group, "", false);
      return;
    }
    void app.workspace.openLinkText(row.path, "", false);
  }

  #fold(group: VaultPath, folded: boolean): void {
    const next = new Set(this.#asked.peek().folded);
    if (folded) next.add(group);
    else next.delete(group);
    this.#asked.value = { ...this.#asked.peek(), folded: next };
  }

  #menu(list: ImageList, row: ImageRow, anchor: HTMLElement, at?: MouseEvent): void {
    const menu = new Menu().setParentElement(anchor);
    fillImageMenu(menu, row.path, this.#asked.peek().groupBy === "note" ? row.group : "", this.around);
    if (!list.selected.peek().has(row.path)) {
      const title = this.around.say("menu.select");
      addActions(menu, [{ title, icon: "check", act: () => list.toggle(row) }]);
    }
    showMenu(menu, anchor, at);
  }
}

function noteIn(state: unknown): VaultPath | undefined {
  if (typeof state !== "object" || state === null || !("note" in state)) return undefined;
  return typeof state.note === "string" ? state.note : undefined;
}
