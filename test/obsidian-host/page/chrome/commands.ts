import type * as obs from "obsidian";
import type { App } from "../obsidian/app";
import { Platform } from "../obsidian/platform";
import { FuzzySuggestModal } from "../obsidian/suggest-modal";
import { MarkdownView } from "../views/markdown-view";

/** All commands, the app's own and those of plugins. */
export class Commands {
  readonly #app: App;
  readonly #commands = new Map<string, obs.Command>();

  constructor(app: App) {
    this.#app = app;
    const own: obs.Command[] = [
      {
        id: "command-palette:open",
        name: "Open command palette",
        callback: () => new CommandPalette(app).open(),
      },
      { id: "app:open-settings", name: "Open settings", callback: () => app._settings.open() },
      { id: "theme:toggle-light-dark", name: "Toggle light/dark mode", callback: () => this.#toggleTheme() },
      {
        id: "app:toggle-left-sidebar",
        name: "Toggle left sidebar",
        callback: () => app.workspace.leftSplit.toggle(),
      },
      {
        id: "app:toggle-right-sidebar",
        name: "Toggle right sidebar",
        callback: () => app.workspace.rightSplit.toggle(),
      },
      {
        id: "markdown:toggle-preview",
        name: "Toggle reading view",
        checkCallback: (checking) => {
          const view = app.workspace.activeEditor;
          if (!checking) view?._switchMode();
          return view !== null;
        },
      },
      {
        id: "workspace:split-vertical",
        name: "Split right",
        callback: () => void app.workspace.duplicateLeaf(app.workspace.getLeaf(), "vertical"),
      },
    ];
    for (const command of own) this.add(command);
    app.scope.register(["Mod"], "p", () => this.#key("command-palette:open"));
    app.scope.register(["Mod"], ",", () => this.#key("app:open-settings"));
    app.scope.register(["Mod"], "e", () => this.#key("markdown:toggle-preview"));
  }

  add(command: obs.Command): void {
    this.#commands.set(command.id, command);
  }

  remove(id: string): void {
    this.#commands.delete(id);
  }

  /** Those that can be run now. */
  available(): obs.Command[] {
    return [...this.#commands.values()].filter((command) => this.#attempt(command, true));
  }

  /**
   * Runs a command, by its id or the name that the palette shows.
   *
   * @throws Error where there is none or it cannot be run now
   */
  run(idOrName: string): void {
    const command =
      this.#commands.get(idOrName) ?? [...this.#commands.values()].find(({ name }) => name === idOrName);
    if (command === undefined) throw new Error(`There is no command ${idOrName}`);
    if (!this.#attempt(command, true)) throw new Error(`The command ${idOrName} cannot be run now`);
    this.#attempt(command, false);
  }

  #key(id: string): false {
    this.run(id);
    return false;
  }

  /** Runs the kind of callback that counts, or asks whether it could be run. */
  #attempt(command: obs.Command, checking: boolean): boolean {
    if (command.mobileOnly === true && !Platform.isMobile) return false;
    const { activeLeaf } = this.#app.workspace;
    const view = activeLeaf?.view instanceof MarkdownView ? activeLeaf.view : null;
    const editor = view?.editor as unknown as obs.Editor;
    const context = view as unknown as obs.MarkdownView;
    if (command.editorCheckCallback !== undefined || command.editorCallback !== undefined) {
      if (view === null || view.getMode() !== "source") return false;
      if (command.editorCheckCallback !== undefined)
        return command.editorCheckCallback(checking, editor, context) === true;
      if (!checking) command.editorCallback?.(editor, context);
      return true;
    }
    if (command.checkCallback !== undefined) return command.checkCallback(checking) === true || !checking;
    if (!checking) command.callback?.();
    return command.callback !== undefined;
  }

  #toggleTheme(): void {
    const dark = !this.#app.isDarkMode();
    document.body.toggleClass("theme-dark", dark);
    document.body.toggleClass("theme-light", !dark);
    this.#app.workspace.trigger("css-change");
  }
}

class CommandPalette extends FuzzySuggestModal<obs.Command> {
  constructor(app: App) {
    super(app);
    this.setPlaceholder("Select a command...");
  }

  getItems(): obs.Command[] {
    return this.app._commands.available();
  }

  getItemText(command: obs.Command): string {
    return command.name;
  }

  onChooseItem(command: obs.Command): void {
    this.app._commands.run(command.id);
  }
}
