import type * as obs from "obsidian";
import type { App } from "../obsidian/app";
import { Component } from "../obsidian/component";
import { setIcon } from "../obsidian/icons";
import type { Scope } from "../obsidian/keymap";
import { Menu } from "../obsidian/menu";
import { setTooltip } from "../obsidian/tooltip";
import type { WorkspaceLeaf } from "../workspace/leaf";

// Obsidian's View has protected members, so for the compiler only a class derived from it can stand for it. What is
// inherited at run time is our Component; all other members follow below.
const ViewBase = Component as unknown as abstract new (leaf: WorkspaceLeaf) => obs.View & Component;

export abstract class View extends ViewBase {
  declare app: App;
  declare icon: string;
  declare navigation: boolean;
  declare leaf: WorkspaceLeaf;
  declare containerEl: HTMLElement;
  declare scope: Scope | null;

  constructor(leaf: WorkspaceLeaf) {
    super(leaf);
    this.leaf = leaf;
    this.app = leaf._workspace._app;
    this.icon = "lucide-file";
    this.navigation = false;
    this.scope = null;
    this.containerEl = createDiv("workspace-leaf-content");
  }

  protected override onOpen(): Promise<void> {
    return Promise.resolve();
  }

  protected override onClose(): Promise<void> {
    return Promise.resolve();
  }

  abstract override getViewType(): string;

  override getState(): Record<string, unknown> {
    return {};
  }

  override setState(_state: unknown, _result: obs.ViewStateResult): Promise<void> {
    return Promise.resolve();
  }

  override getEphemeralState(): Record<string, unknown> {
    return {};
  }

  override setEphemeralState(_state: unknown): void {
    return undefined;
  }

  override getIcon(): string {
    return this.icon;
  }

  override onResize(): void {
    return undefined;
  }

  abstract override getDisplayText(): string;

  override onPaneMenu(_menu: obs.Menu, _source: string): void {
    return undefined;
  }

  async _open(): Promise<void> {
    this.containerEl.setAttr("data-type", this.getViewType());
    this.load();
    await this.onOpen();
  }

  async _close(): Promise<void> {
    await this.onClose();
    this.unload();
  }
}

export abstract class ItemView extends View {
  contentEl: HTMLElement;
  readonly _titleEl: HTMLElement;
  readonly _actionsEl: HTMLElement;

  constructor(leaf: WorkspaceLeaf) {
    super(leaf);
    const header = this.containerEl.createDiv("view-header");
    header.createDiv("view-header-left");
    const titles = header.createDiv("view-header-title-container mod-at-start");
    this._titleEl = titles.createDiv({
      cls: "view-header-title",
      attr: { role: "heading", "aria-level": 1 },
    });
    this._actionsEl = header.createDiv("view-actions");
    this.contentEl = this.containerEl.createDiv("view-content");
    this.addAction("lucide-more-vertical", "More options", (event) => this._moreOptions(event));
  }

  /** Puts a button before those that are there. */
  addAction(icon: string, title: string, callback: (event: MouseEvent) => unknown): HTMLElement {
    const action = createEl("button", { cls: "clickable-icon view-action" });
    setTooltip(action, title);
    setIcon(action, icon);
    action.addEventListener("click", (event) => void callback(event));
    this._actionsEl.prepend(action);
    return action;
  }

  override async _open(): Promise<void> {
    await super._open();
    this._titleEl.setText(this.getDisplayText());
  }

  _moreOptions(event: MouseEvent): void {
    const menu = new Menu();
    this.onPaneMenu(menu, "more-options");
    menu.addItem((item) =>
      item
        .setTitle("Close")
        .setIcon("lucide-x")
        .setSection("close")
        .onClick(() => this.leaf.detach()),
    );
    menu.showAtMouseEvent(event);
  }
}
