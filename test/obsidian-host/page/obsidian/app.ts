import type { Extension } from "@codemirror/state";
import type { RenderContext, UserEvent } from "obsidian";
import type { Boot } from "../../boot";
import { Commands } from "../chrome/commands";
import { ExternalBrowser } from "../chrome/external-browser";
import { SettingsModal } from "../chrome/settings-modal";
import { StatusBar } from "../chrome/status-bar";
import type { Connection } from "../connection";
import { Disk } from "../disk";
import { MetadataCache } from "../metadata/metadata-cache";
import { CapacitorAdapter, FileSystemAdapter } from "../vault/data-adapter";
import { FileManager } from "../vault/file-manager";
import { Vault } from "../vault/vault";
import { Workspace } from "../workspace/workspace";
import { Keymap, Scope } from "./keymap";
import { SecretStorage } from "./secret-storage";

export class App {
  keymap: Keymap;
  scope: Scope;
  workspace: Workspace;
  vault: Vault;
  metadataCache: MetadataCache;
  fileManager: FileManager;
  lastEvent: UserEvent | null = null;
  renderContext: RenderContext = { hoverPopover: null };
  secretStorage: SecretStorage;
  readonly _connection: Connection;
  readonly _commands: Commands;
  readonly _statusBar: StatusBar;
  readonly _settings: SettingsModal;
  readonly _externalBrowser: ExternalBrowser;
  readonly _localStorage: Map<string, string>;
  readonly _protocolHandlers = new Map<string, (params: { action: string }) => unknown>();
  readonly _cliHandlers = new Map<string, (params: Record<string, string>) => string | Promise<string>>();
  /** what plugins added to every editor */
  _editorExtensions: Extension[] = [];

  constructor(connection: Connection, boot: Boot, el: HTMLElement) {
    this._connection = connection;
    const disk = new Disk(connection);
    const Adapter = boot.mode === "phone" ? CapacitorAdapter : FileSystemAdapter;
    this.keymap = new Keymap();
    this.scope = new Scope();
    this.keymap.pushScope(this.scope);
    this.vault = new Vault(new Adapter(disk, boot.vaultName, boot.basePath));
    this.metadataCache = new MetadataCache(this.vault);
    this.secretStorage = new SecretStorage(connection, boot.secrets);
    this.workspace = new Workspace(this, el);
    this.fileManager = new FileManager(this);
    this._localStorage = new Map(Object.entries(boot.localStorage));
    this._commands = new Commands(this);
    this._statusBar = new StatusBar();
    this._settings = new SettingsModal(this);
    this._externalBrowser = new ExternalBrowser(connection, boot);
  }

  isDarkMode(): boolean {
    return document.body.hasClass("theme-dark");
  }

  loadLocalStorage(key: string): unknown {
    const json = this._localStorage.get(key);
    return json === undefined ? null : (JSON.parse(json) as unknown);
  }

  /** Nobody waits for the disk, as nobody does in Obsidian: a browser writes down what it stores a moment later. */
  saveLocalStorage(key: string, data: unknown): void {
    const json = data === null || data === undefined ? null : JSON.stringify(data);
    if (json === null) this._localStorage.delete(key);
    else this._localStorage.set(key, json);
    this._connection.tell({ op: "local-storage", key, json });
  }
}
