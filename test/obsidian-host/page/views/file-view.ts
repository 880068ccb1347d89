import type * as obs from "obsidian";
import { debounce } from "../obsidian/debounce";
import { type TFile } from "../vault/files";
import type { WorkspaceLeaf } from "../workspace/leaf";
import { ItemView } from "./view";

export abstract class FileView extends ItemView {
  allowNoFile = false;
  file: TFile | null = null;

  constructor(leaf: WorkspaceLeaf) {
    super(leaf);
    this.navigation = true;
  }

  override getDisplayText(): string {
    return this.file?.basename ?? "No file";
  }

  override onload(): void {
    this.registerEvent(this.app.vault.on("rename", (file: object) => this._renamed(file)));
    this.registerEvent(this.app.vault.on("delete", (file: object) => this._deleted(file)));
  }

  override getState(): Record<string, unknown> {
    return this.file === null ? {} : { file: this.file.path };
  }

  override async setState(state: unknown, _result: obs.ViewStateResult): Promise<void> {
    const { file: path } = (state ?? {}) as { file?: unknown };
    if (typeof path !== "string") return;
    const file = this.app.vault.getFileByPath(path);
    if (file === this.file) return;
    if (this.file !== null) await this.onUnloadFile(this.file);
    this.file = file;
    if (file !== null) await this.onLoadFile(file);
    this._titleEl.setText(this.getDisplayText());
  }

  onLoadFile(_file: obs.TFile): Promise<void> {
    return Promise.resolve();
  }

  onUnloadFile(_file: obs.TFile): Promise<void> {
    return Promise.resolve();
  }

  onRename(_file: obs.TFile): Promise<void> {
    this._titleEl.setText(this.getDisplayText());
    this.leaf._changed();
    return Promise.resolve();
  }

  abstract canAcceptExtension(extension: string): boolean;

  override onPaneMenu(menu: obs.Menu, source: string): void {
    if (this.file !== null) this.app.workspace.trigger("file-menu", menu, this.file, source, this.leaf);
  }

  protected override async onClose(): Promise<void> {
    const { file } = this;
    this.file = null;
    if (file !== null) await this.onUnloadFile(file);
  }

  _renamed(file: object): void {
    if (file === this.file) void this.onRename(file as TFile);
  }

  _deleted(file: object): void {
    if (file === this.file) this.leaf.detach();
  }
}

export abstract class EditableFileView extends FileView {}

const saveDelay = 2000;

export abstract class TextFileView extends EditableFileView {
  data = "";
  requestSave: () => void;
  _unsaved = false;

  constructor(leaf: WorkspaceLeaf) {
    super(leaf);
    const save = debounce(() => void this.save(), saveDelay, true);
    this.requestSave = () => {
      this._unsaved = true;
      save();
    };
  }

  override onload(): void {
    super.onload();
    this.registerEvent(this.app.vault.on("modify", (file: object) => void this._modified(file)));
  }

  override async onLoadFile(file: obs.TFile): Promise<void> {
    this.data = await this.app.vault.adapter._disk.readText(file.path, "host");
    this.setViewData(this.data, true);
  }

  override async onUnloadFile(file: obs.TFile): Promise<void> {
    await this._saveTo(file);
    this.clear();
  }

  async save(_clear?: boolean): Promise<void> {
    if (this.file !== null) await this._saveTo(this.file);
  }

  override _deleted(file: object): void {
    // What was not saved must not bring the file back.
    if (file === this.file) this._unsaved = false;
    super._deleted(file);
  }

  abstract getViewData(): string;
  abstract setViewData(data: string, clear: boolean): void;
  abstract clear(): void;

  async _saveTo(file: obs.TFile): Promise<void> {
    if (!this._unsaved) return;
    this._unsaved = false;
    this.data = this.getViewData();
    const { adapter } = this.app.vault;
    const bytes = new TextEncoder().encode(this.data);
    await adapter._do(file.path, () => adapter._disk.write(file.path, bytes, "host"));
  }

  /** Takes over what changed on disk, unless there is something here that is not saved yet. */
  async _modified(file: object): Promise<void> {
    const isStale = (): boolean => file === this.file && !this._unsaved;
    if (!isStale()) return;
    const data = await this.app.vault.adapter._disk.readText((file as TFile).path, "host");
    if (!isStale() || data === this.getViewData()) return;
    this.data = data;
    this.setViewData(data, false);
  }
}
