import type * as obs from "obsidian";
import type { App } from "../obsidian/app";
import type { Plugin } from "../plugin/plugin";
import { RenderedSettings } from "./rendered-settings";

export abstract class SettingTab {
  icon = "lucide-settings";
  app: App;
  containerEl: HTMLElement;
  settingItems: obs.SettingDefinitionItem[] = [];
  readonly _rendered: RenderedSettings;
  _name = "";
  _id = "";

  constructor(app: App) {
    this.app = app;
    this.containerEl = createDiv("vertical-tab-content");
    this._rendered = new RenderedSettings(this);
  }

  getSettingDefinitions(): obs.SettingDefinitionItem[] {
    return [];
  }

  /** Asks for the definitions anew, and draws them where the tab is shown. */
  update(): void {
    this.settingItems = this.getSettingDefinitions();
    if (this.containerEl.isConnected && this.settingItems.length > 0) this._rendered.draw();
  }

  // The app's own settings are no part of this stage.
  getControlValue(_key: string): unknown {
    return undefined;
  }

  setControlValue(_key: string, _value: unknown): void | Promise<void> {
    return undefined;
  }

  refreshDomState(): void {
    this._rendered.refresh();
  }

  display(): void {
    return undefined;
  }

  hide(): void {
    this._rendered.clear();
  }

  _show(): void {
    this.settingItems = this.getSettingDefinitions();
    if (this.settingItems.length > 0) this._rendered.draw();
    else this.display();
  }
}

export abstract class PluginSettingTab extends SettingTab {
  readonly _plugin: Plugin;

  constructor(app: App, plugin: Plugin) {
    super(app);
    this._plugin = plugin;
    this._name = plugin.manifest.name;
    this._id = plugin.manifest.id;
  }

  override getControlValue(key: string): unknown {
    return (this._plugin.settings as Record<string, unknown> | null | undefined)?.[key];
  }

  override async setControlValue(key: string, value: unknown): Promise<void> {
    const settings = (this._plugin.settings ?? {}) as Record<string, unknown>;
    settings[key] = value;
    this._plugin.settings = settings;
    await this._plugin.saveData(settings);
  }
}

/** A page of settings below a tab, drawn by hand. */
export abstract class SettingPage {
  rootEl: HTMLElement;
  titlebarEl: HTMLElement;
  containerEl: HTMLElement;
  title = "";

  constructor() {
    this.rootEl = createDiv("setting-page");
    this.titlebarEl = this.rootEl.createDiv("setting-page-titlebar");
    this.containerEl = this.rootEl.createDiv("setting-page-content");
  }

  abstract display(): void;

  hide(): void {
    this.containerEl.empty();
  }
}
