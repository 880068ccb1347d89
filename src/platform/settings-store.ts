import type { Plugin } from "obsidian";
import {
  defaultSettings,
  isFromNewerVersion,
  readSettings,
  type AccountKey,
  type AlbumId,
  type BackupSettings,
} from "../model";

/** The settings in `data.json`, which every device of the vault shares. */
export class SettingsStore {
  /** Until this resolves, they are the defaults. Rejects where the file cannot be read: then nothing is written, either. */
  readonly opened: Promise<void>;
  readonly #listeners = new Set<() => void>();
  /** Nothing of it until somebody asks, or it is read: at load nobody does. */
  #settings: BackupSettings | undefined;
  /** As it was read last; null where nothing was kept. What a newer version has written is read as far as it is understood. */
  #data: unknown;
  #writing: Promise<void> = Promise.resolve();

  constructor(private readonly plugin: Plugin) {
    this.opened = this.reload();
  }

  read(): BackupSettings {
    return (this.#settings ??= defaultSettings());
  }

  /** Keeps the change; resolves when it is on disk. One that comes before the file is read waits for that. */
  async change(change: Partial<BackupSettings>): Promise<void> {
    if (this.#data === undefined) await this.opened;
    this.#settings = readSettings({ ...this.read(), ...change });
    this.#tell();
    await this.#write();
  }

  /** Keeps the id of an album; `undefined` forgets it. */
  async rememberAlbum(account: AccountKey, purpose: string, id: AlbumId | undefined): Promise<void> {
    const { [purpose]: _before, ...others } = this.read().albumIds[account] ?? {};
    const ids = id === undefined ? others : { ...others, [purpose]: id };
    this.#settings = { ...this.read(), albumIds: { ...this.read().albumIds, [account]: ids } };
    await this.#write();
  }

  /** Keeps since when, in full days since 1970, items of an account are known to lie outside its albums. */
  async rememberOutside(account: AccountKey, day: number): Promise<void> {
    const { outsideAlbums } = this.read();
    if (outsideAlbums[account] === day) return;
    this.#settings = { ...this.read(), outsideAlbums: { ...outsideAlbums, [account]: day } };
    await this.#write();
  }

  /** Reads anew what a sync service, or another window, has written. */
  async reload(): Promise<void> {
    this.#data = ((await this.plugin.loadData()) as unknown) ?? null;
    this.#settings = readSettings(this.#data);
    this.#tell();
  }

  watch(tell: () => void): () => void {
    this.#listeners.add(tell);
    return () => this.#listeners.delete(tell);
  }

  /** What has a newer form is not written over. */
  #write(): Promise<void> {
    if (isFromNewerVersion(this.#data)) return Promise.resolve();
    this.#writing = this.#writing.catch(() => undefined).then(() => this.plugin.saveData(this.#toWrite()));
    return this.#writing;
  }

  /** The settings, and beside them what only a later version knows: the devices that have it would lose it. */
  #toWrite(): object {
    return { ...(typeof this.#data === "object" ? this.#data : undefined), ...this.#settings };
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
