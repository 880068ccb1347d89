import type { Plugin } from "obsidian";
import {
  defaultSettings,
  isFromNewerVersion,
  readSettings,
  type AccountKey,
  type AlbumId,
  type BackupSettings,
} from "../model";

type Change = (now: BackupSettings) => BackupSettings;

/** The settings in `data.json`, which every device of the vault shares. */
export class SettingsStore {
  /** Until this resolves, they are the defaults. Rejects where the file cannot be read: then nothing is written, either. */
  readonly opened: Promise<void>;
  readonly #listeners = new Set<() => void>();
  /** Nothing of it until somebody asks, or it is read: at load nobody does. */
  #settings: BackupSettings | undefined;
  /** As it was read last; null where nothing was kept. What a newer version has written is read as far as it is understood. */
  #data: unknown;
  /** What has been changed and is not on its way to the file yet: a file that is read meanwhile does not say it. */
  readonly #unwritten: Change[] = [];
  #last: Promise<void> = Promise.resolve();

  constructor(private readonly plugin: Plugin) {
    this.opened = this.#inTurn(() => this.#read());
  }

  read(): BackupSettings {
    return (this.#settings ??= defaultSettings());
  }

  /** Keeps the change; resolves when it is on disk. One that comes before the file is read waits for that. */
  async change(change: Partial<BackupSettings>): Promise<void> {
    if (this.#data === undefined) await this.opened;
    const written = this.#change((now) => readSettings({ ...now, ...change }));
    this.#tell();
    await written;
  }

  /** Keeps the id of an album; `undefined` forgets it. */
  rememberAlbum(account: AccountKey, purpose: string, id: AlbumId | undefined): Promise<void> {
    return this.#change((now) => {
      const { [purpose]: _before, ...others } = now.albumIds[account] ?? {};
      const ids = id === undefined ? others : { ...others, [purpose]: id };
      return { ...now, albumIds: { ...now.albumIds, [account]: ids } };
    });
  }

  /** Keeps when items of an account last came to lie outside its albums. */
  rememberOutside(account: AccountKey, at: number): Promise<void> {
    return this.#change((now) => ({ ...now, outsideAlbums: { ...now.outsideAlbums, [account]: at } }));
  }

  /**
   * Reads anew what a sync service, or another window, has written; what is changed here meanwhile is kept as well. What
   * cannot be read changes nothing.
   */
  reload(): Promise<void> {
    return this.#inTurn(() => this.#read().catch(() => undefined));
  }

  watch(tell: () => void): () => void {
    this.#listeners.add(tell);
    return () => this.#listeners.delete(tell);
  }

  #change(change: Change): Promise<void> {
    this.#unwritten.push(change);
    this.#settings = change(this.read());
    return this.#inTurn(async () => {
      // Obsidian tells of what others have written on computers alone, and not where the file looks older than ours.
      await this.#read().catch(() => undefined);
      const { length } = this.#unwritten;
      // What has a newer form is not written over.
      if (!isFromNewerVersion(this.#data)) await this.plugin.saveData(this.#toWrite());
      // What could not be written is still to be: no file says it.
      this.#unwritten.splice(0, length);
    });
  }

  /** Tells where the file says something new. */
  async #read(): Promise<void> {
    const data: unknown = await this.plugin.loadData();
    // It answers `undefined` for a file that makes no sense, and `null` where there is none: a cloud may have taken it away.
    if (data === undefined || (data === null && this.#data !== undefined))
      throw new Error("data.json cannot be read");
    const before = JSON.stringify(this.#settings);
    this.#settings = this.#unwritten.reduce((now, change) => change(now), readSettings(data));
    this.#data = data;
    if (JSON.stringify(this.#settings) !== before) this.#tell();
  }

  /** The file is read and written by one at a time, in the order that was asked for. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#last = this.#last.catch(() => undefined).then(work);
    return this.#last;
  }

  /** The settings, and beside them what only a later version knows: the devices that have it would lose it. */
  #toWrite(): object {
    return { ...(typeof this.#data === "object" ? this.#data : undefined), ...this.#settings };
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
