import type { App } from "../obsidian/app";
import { Modal } from "../obsidian/modal";
import type { SettingTab } from "../settings/setting-tab";

/** The settings: a list of tabs at the left, the open one at the right. */
export class SettingsModal extends Modal {
  readonly _tabs: SettingTab[] = [];
  readonly _listEl: HTMLElement;
  readonly _tabEl: HTMLElement;
  _open: SettingTab | null = null;

  constructor(app: App) {
    super(app);
    this.modalEl.addClass("mod-settings", "mod-sidebar-layout");
    this.modalEl.setAttr("aria-label", "Settings");
    this.titleEl.parentElement?.remove();
    this.contentEl.addClass("vertical-tabs-container");
    const header = this.contentEl.createDiv("vertical-tab-header");
    const group = header.createDiv("vertical-tab-header-group");
    group.createDiv({ cls: "vertical-tab-header-group-title", text: "Community plugins" });
    this._listEl = group.createDiv({ cls: "vertical-tab-header-group-items", attr: { role: "tablist" } });
    this._tabEl = this.contentEl.createDiv("vertical-tab-content-container");
  }

  override onOpen(): void {
    this._drawList();
    const tab = this._open ?? this._tabs[0];
    if (tab !== undefined) this._show(tab);
  }

  override onClose(): void {
    this._open?.hide();
    this._tabEl.empty();
  }

  _add(tab: SettingTab): void {
    this._tabs.push(tab);
    tab.update();
  }

  _remove(tab: SettingTab): void {
    this._tabs.splice(this._tabs.indexOf(tab), 1);
    if (this._open === tab) this._open = null;
  }

  /** @throws Error where no tab has that id */
  _openTab(id: string): void {
    const tab = this._tabs.find((other) => other._id === id);
    if (tab === undefined) throw new Error(`There is no settings tab ${id}`);
    this.open();
    this._show(tab);
  }

  _show(tab: SettingTab): void {
    this._open?.hide();
    this._open = tab;
    this._tabEl.empty();
    this._tabEl.append(tab.containerEl);
    tab._show();
    for (const item of this._listEl.children) {
      item.toggleClass("is-active", item.getAttr("data-setting-id") === tab._id);
      item.setAttr("aria-selected", item.getAttr("data-setting-id") === tab._id);
    }
  }

  _drawList(): void {
    this._listEl.empty();
    for (const tab of this._tabs) {
      const attr = { "data-setting-id": tab._id, role: "tab", tabindex: 0 };
      const item = this._listEl.createDiv({ cls: "vertical-tab-nav-item tappable", text: tab._name, attr });
      item.addEventListener("click", () => this._show(tab));
    }
  }
}
