import type { App } from "obsidian";
import { MetadataCache } from "../obsidian-host/page/metadata/metadata-cache";
import { Events } from "../obsidian-host/page/obsidian/events";
import type { HostDataAdapter } from "../obsidian-host/page/vault/data-adapter";
import { TFile } from "../obsidian-host/page/vault/files";
import { Vault } from "../obsidian-host/page/vault/vault";

/** So long a file is being read, in milliseconds. */
const READING = 70;

/** A vault in memory with the host's own index of files and links, as the app that note images are made from. */
export class PlayedVault {
  readonly texts = new Map<string, string>();
  readonly metadataCache: MetadataCache;
  readonly #vault: Vault;
  readonly #workspace = new Events();
  #time = 0;

  constructor() {
    const { texts } = this;
    const read = async (path: string): Promise<string> => {
      const text = texts.get(path);
      await new Promise((resolve) => setTimeout(resolve, READING));
      if (text === undefined) throw new Error(`There is no ${path}`);
      return text;
    };
    const notes = (paths: readonly string[]): Promise<(string | null)[]> =>
      Promise.all(paths.map((path) => read(path).catch(() => null)));
    this.#vault = new Vault({ _disk: { notes }, read } as unknown as HostDataAdapter);
    this.metadataCache = new MetadataCache(this.#vault);
    this.metadataCache._initialized = true;
  }

  get app(): App {
    const { metadataCache } = this;
    return { vault: this.#vault, metadataCache, workspace: this.#workspace } as unknown as App;
  }

  write(path: string, text = ""): void {
    this.texts.set(path, text);
    this.#time += 1;
    this.#vault._index.settle(path, { path, type: "file", ctime: 0, mtime: this.#time, size: text.length });
  }

  remove(path: string): void {
    this.texts.delete(path);
    this.#vault._index.settle(path, null);
  }

  rename(from: string, to: string): void {
    const file = this.#vault.getFileByPath(from);
    if (!file) throw new Error(`There is no ${from}`);
    this.texts.set(to, this.texts.get(from) ?? "");
    this.texts.delete(from);
    this.#vault._index.move(file, to);
  }

  /** Types into a note what is not saved yet. */
  type(note: string, text: string): void {
    const file = this.#vault.getFileByPath(note);
    if (file instanceof TFile) this.#workspace.trigger("editor-change", { getValue: () => text }, { file });
  }
}
