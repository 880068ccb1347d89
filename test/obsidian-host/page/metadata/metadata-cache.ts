import type * as obs from "obsidian";
import { Events } from "../obsidian/events";
import { getLinkpath } from "../obsidian/paths";
import { TFile } from "../vault/files";
import type { Vault } from "../vault/vault";
import { LinkTargets } from "./link-targets";
import { parseNote } from "./parse-note";

type LinkCounts = Record<string, Record<string, number>>;

const batch = 200;

/** So long after the layout is ready, in milliseconds. */
const afterStart = 1000;

function linksOf(cache: obs.CachedMetadata | undefined): obs.Reference[] {
  return [...(cache?.links ?? []), ...(cache?.embeds ?? []), ...(cache?.frontmatterLinks ?? [])];
}

export class MetadataCache extends Events {
  resolvedLinks: LinkCounts = {};
  unresolvedLinks: LinkCounts = {};
  readonly _vault: Vault;
  readonly _targets = new LinkTargets();
  readonly _caches = new Map<TFile, obs.CachedMetadata>();
  readonly _sources = new Map<string, Set<TFile>>();
  readonly _waiting = new Set<TFile>();
  _working = false;
  _initialized = false;

  constructor(vault: Vault) {
    super();
    this._vault = vault;
    vault.on("create", (file: object) => this._created(file));
    vault.on("modify", (file: object) => this._index(file));
    vault.on("delete", (file: object) => this._deleted(file));
    vault.on("rename", (file: object, oldPath: string) => this._renamed(file, oldPath));
  }

  getFirstLinkpathDest(linkpath: string, sourcePath: string): TFile | null {
    if (linkpath === "") return this._vault.getFileByPath(sourcePath);
    return this._targets.find(linkpath, sourcePath);
  }

  getFileCache(file: obs.TFile): obs.CachedMetadata | null {
    return this.getCache(file.path);
  }

  getCache(path: string): obs.CachedMetadata | null {
    const file = this._vault.getFileByPath(path);
    return file === null ? null : (this._caches.get(file) ?? null);
  }

  fileToLinktext(file: obs.TFile, _sourcePath: string, omitMdExtension = true): string {
    const isNote = file.extension === "md" && omitMdExtension;
    const unique = this._targets.named(file.name).length === 1;
    if (unique) return isNote ? file.basename : file.name;
    return isNote ? file.path.slice(0, -".md".length) : file.path;
  }

  /**
   * Reads and resolves all notes; `resolved` is told at the end, and again after each later change. Obsidian has the links
   * of an unchanged vault in a database of its own and parses notes in a worker, so that plugins do not share the
   * processor with either at a start: of many notes, none is read until that is over.
   */
  async _initialize(): Promise<void> {
    if (this._waiting.size > batch) await new Promise((resolve) => setTimeout(resolve, afterStart));
    this._initialized = true;
    await this._work();
  }

  _created(file: object): void {
    if (!(file instanceof TFile)) return;
    this._targets.add(file);
    if (file.extension === "md") this._index(file);
    else if (this._initialized) this._resolveAgain(file.name);
  }

  _deleted(file: object): void {
    if (!(file instanceof TFile)) return;
    const before = this._caches.get(file) ?? null;
    this._targets.remove(file);
    this._caches.delete(file);
    for (const sources of this._sources.values()) sources.delete(file);
    this._waiting.delete(file);
    delete this.resolvedLinks[file.path];
    delete this.unresolvedLinks[file.path];
    this.trigger("deleted", file, before);
    this._resolveAgain(file.name);
  }

  _renamed(file: object, oldPath: string): void {
    if (!(file instanceof TFile)) return;
    this._targets.remove(file);
    this._targets.add(file);
    delete this.resolvedLinks[oldPath];
    delete this.unresolvedLinks[oldPath];
    if (this._caches.has(file)) this._resolve(file);
    this._resolveAgain(file.name);
  }

  _index(file: object): void {
    if (!(file instanceof TFile) || file.extension !== "md") return;
    this._waiting.add(file);
    if (this._initialized) void this._work();
  }

  async _work(): Promise<void> {
    if (this._working) return;
    this._working = true;
    while (this._waiting.size > 0) {
      const files = [...this._waiting].slice(0, batch);
      for (const file of files) this._waiting.delete(file);
      const texts = await this._vault.adapter._disk.notes(files.map((file) => file.path));
      const read: TFile[] = [];
      for (const [i, file] of files.entries()) {
        const text = texts[i];
        // Gone, or changed again, while it was read.
        if (text === null || text === undefined || this._vault.getFileByPath(file.path) !== file) continue;
        this._caches.set(file, parseNote(text));
        read.push(file);
        this.trigger("changed", file, text, this._caches.get(file));
      }
      for (const file of read) {
        this._noteNames(file);
        this._resolve(file);
      }
    }
    this._working = false;
    this.trigger("resolved");
  }

  _resolve(file: TFile): void {
    const resolved: Record<string, number> = {};
    const unresolved: Record<string, number> = {};
    for (const { link } of linksOf(this._caches.get(file))) {
      const linkpath = getLinkpath(link);
      const target = this.getFirstLinkpathDest(linkpath, file.path);
      if (target === null) unresolved[linkpath] = (unresolved[linkpath] ?? 0) + 1;
      else resolved[target.path] = (resolved[target.path] ?? 0) + 1;
    }
    this.resolvedLinks[file.path] = resolved;
    this.unresolvedLinks[file.path] = unresolved;
    this.trigger("resolve", file);
  }

  /** A file has come, gone or moved: what links by its name may mean another now. */
  _resolveAgain(name: string): void {
    const wanted = name.toLowerCase().normalize("NFC");
    const sources = [wanted, wanted.replace(/\.md$/, "")].flatMap((each) => [
      ...(this._sources.get(each) ?? []),
    ]);
    for (const file of new Set(sources)) this._resolve(file);
    if (sources.length > 0 && !this._working) this.trigger("resolved");
  }

  /** Keeps which notes link by which names. Names that a note has given up stay: looking once too often is cheap. */
  _noteNames(file: TFile): void {
    for (const { link } of linksOf(this._caches.get(file))) {
      const name = (getLinkpath(link).split("/").pop() ?? "").toLowerCase().normalize("NFC");
      const sources = this._sources.get(name) ?? new Set();
      this._sources.set(name, sources.add(file));
    }
  }
}
