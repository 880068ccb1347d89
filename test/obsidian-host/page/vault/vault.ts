import type * as obs from "obsidian";
import type { DiskEntry } from "../disk";
import { Events } from "../obsidian/events";
import { folderOf, normalizePath } from "../obsidian/paths";
import type { HostDataAdapter } from "./data-adapter";
import { FileIndex } from "./file-index";
import { TFile, TFolder, type TAbstractFile } from "./files";

export class Vault extends Events {
  adapter: HostDataAdapter;
  configDir = ".obsidian";
  readonly _index: FileIndex;

  constructor(adapter: HostDataAdapter) {
    super();
    this.adapter = adapter;
    this._index = new FileIndex(this, (event, file, oldPath) => this.trigger(event, file, oldPath));
    adapter._changed = (path, entry) => void this._index.settle(path, entry);
  }

  getName(): string {
    return this.adapter.getName();
  }

  getFileByPath(path: string): TFile | null {
    const file = this._index.get(path);
    return file instanceof TFile ? file : null;
  }

  getFolderByPath(path: string): TFolder | null {
    const folder = this._index.get(path);
    return folder instanceof TFolder ? folder : null;
  }

  getAbstractFileByPath(path: string): TAbstractFile | null {
    return this._index.get(path);
  }

  getRoot(): TFolder {
    return this._index.root;
  }

  create(path: string, data: string, options?: obs.DataWriteOptions): Promise<TFile> {
    return this._create(path, new TextEncoder().encode(data), options);
  }

  createBinary(path: string, data: ArrayBuffer, options?: obs.DataWriteOptions): Promise<TFile> {
    return this._create(path, new Uint8Array(data), options);
  }

  async createFolder(path: string): Promise<TFolder> {
    if (await this.adapter.exists(path)) throw new Error("Folder already exists.");
    await this.adapter.mkdir(path);
    const folder = this.getFolderByPath(path);
    if (folder === null) throw new Error(`The folder ${path} was not made`);
    return folder;
  }

  read(file: obs.TFile): Promise<string> {
    return this.adapter.read(file.path);
  }

  cachedRead(file: obs.TFile): Promise<string> {
    return this.adapter.read(file.path);
  }

  readBinary(file: obs.TFile): Promise<ArrayBuffer> {
    return this.adapter.readBinary(file.path);
  }

  // With the time of modification, so that a changed image is not shown from the browser's cache.
  getResourcePath(file: obs.TFile): string {
    return `${this.adapter.getResourcePath(file.path)}?${file.stat.mtime}`;
  }

  async delete(file: obs.TAbstractFile, force = false): Promise<void> {
    if (file instanceof TFolder) await this.adapter.rmdir(file.path, force || file.children.length > 0);
    else await this.adapter.remove(file.path);
  }

  async trash(file: obs.TAbstractFile, system: boolean): Promise<void> {
    if (system && (await this.adapter.trashSystem(file.path))) return;
    await this.adapter.trashLocal(file.path);
  }

  rename(file: obs.TAbstractFile, newPath: string): Promise<void> {
    const { path } = file;
    return this.adapter._inTurn(async () => {
      await this.adapter._disk.change("rename", path, "plugin", { to: newPath });
      const known = this._index.get(path);
      if (known !== null) this._index.move(known, normalizePath(newPath));
    });
  }

  modify(file: obs.TFile, data: string, options?: obs.DataWriteOptions): Promise<void> {
    return this.adapter.write(file.path, data, options);
  }

  modifyBinary(file: obs.TFile, data: ArrayBuffer, options?: obs.DataWriteOptions): Promise<void> {
    return this.adapter.writeBinary(file.path, data, options);
  }

  append(file: obs.TFile, data: string, options?: obs.DataWriteOptions): Promise<void> {
    return this.adapter.append(file.path, data, options);
  }

  appendBinary(file: obs.TFile, data: ArrayBuffer, options?: obs.DataWriteOptions): Promise<void> {
    return this.adapter.appendBinary(file.path, data, options);
  }

  process(file: obs.TFile, fn: (data: string) => string, options?: obs.DataWriteOptions): Promise<string> {
    return this.adapter.process(file.path, fn, options);
  }

  async copy<T extends obs.TAbstractFile>(file: T, newPath: string): Promise<T> {
    await this.adapter.copy(file.path, newPath);
    return this._index.get(newPath) as unknown as T;
  }

  getAllLoadedFiles(): TAbstractFile[] {
    return this._index.all();
  }

  getAllFolders(includeRoot = false): TFolder[] {
    return this._index
      .all()
      .filter((file): file is TFolder => file instanceof TFolder && (includeRoot || !file.isRoot()));
  }

  static recurseChildren(root: obs.TFolder, callback: (file: obs.TAbstractFile) => unknown): void {
    callback(root);
    for (const child of root.children) {
      if (child instanceof TFolder) Vault.recurseChildren(child, callback);
      else callback(child);
    }
  }

  getMarkdownFiles(): TFile[] {
    return this.getFiles().filter((file) => file.extension === "md");
  }

  getFiles(): TFile[] {
    return this._index.all().filter((file): file is TFile => file instanceof TFile);
  }

  /** Takes in everything that lies on disk; `create` is told for each file and folder. */
  async _load(): Promise<void> {
    for (const entry of await this.adapter._disk.tree()) this._index.settle(entry.path, entry);
  }

  /** Looks up paths of which the server says that something has changed there. */
  _reconcile(paths: string[]): Promise<void> {
    return this.adapter._inTurn(async () => {
      const entries = await this.adapter._disk.stats(paths);
      for (const [i, path] of paths.entries()) await this._settleTree(path, entries[i] ?? null);
    });
  }

  async _settleTree(path: string, entry: DiskEntry | null): Promise<void> {
    const isNewFolder = entry?.type === "folder" && !(this._index.get(path) instanceof TFolder);
    this._index.settle(path, entry);
    if (!isNewFolder) return;
    for (const below of await this.adapter._disk.tree(path)) this._index.settle(below.path, below);
  }

  async _create(path: string, data: Uint8Array<ArrayBuffer>, options?: obs.DataWriteOptions): Promise<TFile> {
    const normalized = normalizePath(path);
    await this.adapter._do(normalized, async () => {
      if ((await this.adapter._disk.stat(normalized)) !== null) throw new Error("File already exists.");
      return this.adapter._disk.write(normalized, data, "plugin", options);
    });
    const file = this.getFileByPath(normalized);
    if (file === null)
      throw new Error(`${normalized} is no part of the vault (${folderOf(normalized)} is hidden)`);
    return file;
  }
}
