import type * as obs from "obsidian";
import type { Extension } from "@codemirror/state";
import { ribbonAction } from "../chrome/ribbon";
import { MarkdownPreviewRenderer } from "../markdown/markdown-renderer";
import { registerPostProcessor, unregisterPostProcessor } from "../markdown/post-processors";
import type { App } from "../obsidian/app";
import { Component } from "../obsidian/component";
import { Platform } from "../obsidian/platform";
import type { ViewCreator } from "../views/view-registry";
import type { PluginSettingTab } from "../settings/setting-tab";

export abstract class Plugin extends Component {
  app: App;
  manifest: obs.PluginManifest;
  settings?: unknown;
  onExternalSettingsChange?(): unknown;
  /** when data.json was last written or read here: another time means that somebody else wrote it */
  _dataTime = 0;

  constructor(app: App, manifest: obs.PluginManifest) {
    super();
    this.app = app;
    this.manifest = manifest;
  }

  addRibbonIcon(icon: string, title: string, callback: (event: MouseEvent) => unknown): HTMLElement {
    const el = ribbonAction(icon, title, callback);
    this.app.workspace._parts.ribbonEl.querySelector(".side-dock-actions")?.append(el);
    this.register(() => el.remove());
    return el;
  }

  addStatusBarItem(): HTMLElement {
    const el = this.app._statusBar.add(this.manifest.id);
    this.register(() => el.remove());
    return el;
  }

  addCommand(command: obs.Command): obs.Command {
    command.id = `${this.manifest.id}:${command.id}`;
    command.name = `${this.manifest.name}: ${command.name}`;
    this.app._commands.add(command);
    this.register(() => this.app._commands.remove(command.id));
    return command;
  }

  removeCommand(commandId: string): void {
    this.app._commands.remove(`${this.manifest.id}:${commandId}`);
  }

  addSettingTab(settingTab: obs.PluginSettingTab): void {
    const tab = settingTab as unknown as PluginSettingTab;
    this.app._settings._add(tab);
    this.register(() => this.app._settings._remove(tab));
  }

  registerView(type: string, viewCreator: obs.ViewCreator): void {
    this.app.workspace._views.register(type, viewCreator as unknown as ViewCreator);
    this.register(() => this.app.workspace._views.unregister(type));
  }

  // Page preview is no part of this stage.
  registerHoverLinkSource(_id: string, _info: obs.HoverLinkSource): void {
    return undefined;
  }

  registerExtensions(extensions: string[], viewType: string): void {
    this.app.workspace._views.registerExtensions(extensions, viewType);
  }

  registerMarkdownPostProcessor(
    processor: obs.MarkdownPostProcessor,
    sortOrder?: number,
  ): obs.MarkdownPostProcessor {
    registerPostProcessor(processor, sortOrder);
    this.register(() => unregisterPostProcessor(processor));
    return processor;
  }

  registerMarkdownCodeBlockProcessor(
    language: string,
    handler: (
      source: string,
      el: HTMLElement,
      ctx: obs.MarkdownPostProcessorContext,
    ) => Promise<unknown> | void,
    sortOrder?: number,
  ): obs.MarkdownPostProcessor {
    const processor = MarkdownPreviewRenderer.createCodeBlockPostProcessor(language, handler);
    return this.registerMarkdownPostProcessor(processor, sortOrder);
  }

  // Bases are switched off here.
  registerBasesView(_viewId: string, _registration: obs.BasesViewRegistration): boolean {
    return false;
  }

  registerEditorExtension(extension: Extension): void {
    const { app } = this;
    app._editorExtensions = [...app._editorExtensions, extension];
    app.workspace.updateOptions();
    this.register(() => {
      app._editorExtensions = app._editorExtensions.filter((other) => other !== extension);
      app.workspace.updateOptions();
    });
  }

  registerObsidianProtocolHandler(action: string, handler: obs.ObsidianProtocolHandler): void {
    this.app._protocolHandlers.set(action, handler as (params: { action: string }) => unknown);
    this.register(() => this.app._protocolHandlers.delete(action));
  }

  // Suggestions while typing are no part of this stage.
  registerEditorSuggest(_editorSuggest: obs.EditorSuggest<unknown>): void {
    return undefined;
  }

  /** @throws Error where the command is taken */
  registerCliHandler(
    command: string,
    _description: string,
    _flags: obs.CliFlags | null,
    handler: obs.CliHandler,
  ): void {
    if (this.app._cliHandlers.has(command)) throw new Error(`CLI command "${command}" is already registered`);
    this.app._cliHandlers.set(command, handler);
    this.register(() => this.app._cliHandlers.delete(command));
  }

  async loadData(): Promise<unknown> {
    const { adapter } = this.app.vault;
    const stat = await adapter._disk.stat(this._dataPath);
    if (stat === null) return null;
    this._dataTime = stat.mtime;
    try {
      return JSON.parse(await adapter.read(this._dataPath)) as unknown;
    } catch (error) {
      // As Obsidian does: a file that makes no sense is told to the console, and to the plugin by no value.
      console.error(error);
      return undefined;
    }
  }

  async saveData(data: unknown): Promise<void> {
    const { adapter } = this.app.vault;
    const bytes = new TextEncoder().encode(JSON.stringify(data, null, 2));
    await adapter._inTurn(async () => {
      const entry = await adapter._disk.write(this._dataPath, bytes, "plugin");
      this._dataTime = entry?.mtime ?? 0;
    });
  }

  onUserEnable(): void {
    return undefined;
  }

  get _dataPath(): string {
    return `${this.manifest.dir ?? ""}/data.json`;
  }

  /**
   * The server saw data.json change; calls the plugin where it was not the plugin itself. As in Obsidian only on a
   * computer, and where the file is younger than what the plugin knows.
   */
  async _dataMayHaveChanged(): Promise<void> {
    if (Platform.isMobile) return;
    const { adapter } = this.app.vault;
    const stat = await adapter._inTurn(() => adapter._disk.stat(this._dataPath));
    if (stat === null || stat.mtime <= this._dataTime) return;
    this._dataTime = stat.mtime;
    await this.onExternalSettingsChange?.();
  }
}
