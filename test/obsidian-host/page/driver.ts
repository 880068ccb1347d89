import type * as obs from "obsidian";
import type { Boot } from "../boot";
import type { App } from "./obsidian/app";
import { base64ToArrayBuffer } from "./obsidian/bytes";
import { Tasks } from "./obsidian/tasks";
import { MarkdownView } from "./views/markdown-view";
import { loadPlugin } from "./plugin/load-plugin";
import type { Plugin } from "./plugin/plugin";

type Mode = obs.MarkdownViewModeType;

/** What a script may do in the page, in words. Reached through the window, by nobody but the host's own driver. */
export class Driver {
  readonly #app: App;
  readonly #boot: Boot;
  readonly #manifest: obs.PluginManifest;
  #plugin: Promise<Plugin | null>;
  #resolve: (plugin: Plugin | null) => void = () => undefined;

  constructor(app: App, boot: Boot) {
    this.#app = app;
    this.#boot = boot;
    this.#manifest = JSON.parse(boot.plugin.manifest) as obs.PluginManifest;
    this.#plugin = new Promise((resolve) => (this.#resolve = resolve));
    Object.assign(window, { _driver: this });
  }

  started(plugin: Plugin | null): void {
    this.#resolve(plugin);
  }

  /** Answers whether the plugin loaded, once the layout is ready. */
  async pluginReady(): Promise<boolean> {
    return (await this.#plugin) !== null;
  }

  /** By full id, the plugin's own id, or a name with or without the plugin's before it. */
  runCommand(idOrName: string): void {
    const { id, name } = this.#manifest;
    const known = this.#app._commands.available().flatMap((command) => [command.id, command.name]);
    const meant = [idOrName, `${id}:${idOrName}`, `${name}: ${idOrName}`].find((candidate) =>
      known.includes(candidate),
    );
    this.#app._commands.run(meant ?? idOrName);
  }

  commands(): { id: string; name: string }[] {
    return this.#app._commands.available().map(({ id, name }) => ({ id, name }));
  }

  async openNote(path: string, mode?: Mode, newLeaf: obs.PaneType | boolean = false): Promise<void> {
    const file = this.#app.vault.getFileByPath(path);
    if (file === null) throw new Error(`There is no file ${path}`);
    const state = mode === undefined ? {} : { state: { mode } };
    await this.#app.workspace.getLeaf(newLeaf).openFile(file, { active: true, ...state });
  }

  switchMode(mode: Mode): void {
    this.#note()._showMode(mode);
    this.#note().leaf._changed();
  }

  setCursor(line: number, ch: number): void {
    this.#note().editor.setCursor(line, ch);
    this.#note().editor.focus();
  }

  editorText(): string {
    return this.#note().editor.getValue();
  }

  /** Fires a real paste event with a file in its clipboard at the editor in front. */
  pasteImage(base64: string, type: string): void {
    const view = this.#note();
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([base64ToArrayBuffer(base64)], "image", { type }));
    view.editor.focus();
    view._cm.contentDOM.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
    );
  }

  openSettings(tab = this.#manifest.id): void {
    this.#app._settings._openTab(tab);
  }

  closeSettings(): void {
    this.#app._settings.close();
  }

  async openView(type: string): Promise<void> {
    await this.#app.workspace.ensureSideLeaf(type, "right", { active: true, reveal: true });
  }

  popOut(): void {
    this.#app.workspace.openPopoutLeaf();
  }

  notices(): string[] {
    return [...document.querySelectorAll(".notice-message")].map((el) => el.textContent);
  }

  statusBar(): string[] {
    return [...this.#app._statusBar.el.children].map((el) => el.textContent);
  }

  setDark(dark: boolean): void {
    if (this.#app.isDarkMode() !== dark) this.#app._commands.run("theme:toggle-light-dark");
  }

  /** Calls what the plugin registered for an `obsidian://` address. */
  async openProtocol(url: string): Promise<void> {
    const { hostname, pathname, searchParams } = new URL(url);
    const action = hostname === "" ? pathname.replace(/^\/+/, "") : hostname;
    const handler = this.#app._protocolHandlers.get(action);
    if (handler === undefined) throw new Error(`Nobody handles obsidian://${action}`);
    await handler({
      action,
      ...Object.fromEntries([...searchParams].map(([key, value]) => [key, value === "" ? "true" : value])),
    });
  }

  /** Runs a command-line handler and answers what it prints. */
  async cli(command: string, params: Record<string, string> = {}): Promise<string> {
    const handler = this.#app._cliHandlers.get(command);
    if (handler === undefined) throw new Error(`There is no command-line handler ${command}`);
    return handler(params);
  }

  /** Tells that the app is about to end, and waits for what listeners still want to do. */
  async quit(): Promise<void> {
    const tasks = new Tasks();
    this.#app.workspace.trigger("quit", tasks);
    await tasks.promise();
  }

  /** Switches the plugin off, as a person does in the settings. */
  async disablePlugin(): Promise<void> {
    (await this.#plugin)?.unload();
  }

  /** Loads the plugin anew while notes are open, as a person does who switches it on again. */
  async enablePlugin(): Promise<void> {
    this.#plugin = loadPlugin(this.#app, this.#boot);
    await this.#plugin;
  }

  /** Writes what is typed but not saved yet. */
  async saveNotes(): Promise<void> {
    for (const view of this.#app.workspace._viewsOf(MarkdownView)) await view.save();
  }

  #note(): MarkdownView {
    const view = this.#app.workspace.getMostRecentLeaf()?.view;
    if (!(view instanceof MarkdownView)) throw new Error("No note is in front");
    return view;
  }
}
