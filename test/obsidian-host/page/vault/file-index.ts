import type { DiskEntry } from "../disk";
import { folderOf, isHiddenPath } from "../obsidian/paths";
import { TFile, TFolder, type TAbstractFile } from "./files";
import type { Vault } from "./vault";

type Tell = (event: "create" | "modify" | "delete" | "rename", file: TAbstractFile, oldPath?: string) => void;

/** What the vault knows of its folder: every file and folder that is not hidden. Turns stats into events. */
export class FileIndex {
  readonly root: TFolder;
  readonly #files = new Map<string, TAbstractFile>();

  constructor(
    readonly vault: Vault,
    readonly tell: Tell,
  ) {
    this.root = new TFolder(vault, "/");
    this.root.name = "";
    this.#files.set("/", this.root);
  }

  get(path: string): TAbstractFile | null {
    return this.#files.get(path) ?? null;
  }

  all(): TAbstractFile[] {
    return [...this.#files.values()];
  }

  /** Takes in what lies at a path now: null for nothing. Says so only where something has changed. */
  settle(path: string, entry: DiskEntry | null): TAbstractFile | null {
    if (isHiddenPath(path) || path === "") return null;
    const known = this.get(path);
    if (entry === null) {
      if (known !== null) this.#remove(known);
      return null;
    }
    if (known instanceof TFile && entry.type === "file") return this.#update(known, entry);
    if (known instanceof TFolder && entry.type === "folder") return known;
    if (known !== null) this.#remove(known);
    return this.#add(path, entry);
  }

  move(file: TAbstractFile, newPath: string): void {
    const oldPath = file.path;
    this.#unlink(file);
    this.#files.delete(oldPath);
    file._setPath(newPath);
    this.#link(file);
    this.tell("rename", file, oldPath);
    if (file instanceof TFolder) for (const child of [...file.children]) this.#moveChild(child, file);
  }

  #moveChild(child: TAbstractFile, folder: TFolder): void {
    const oldPath = child.path;
    this.#files.delete(oldPath);
    child._setPath(`${folder.path}/${child.name}`);
    this.#files.set(child.path, child);
    this.tell("rename", child, oldPath);
    if (child instanceof TFolder) for (const below of [...child.children]) this.#moveChild(below, child);
  }

  #add(path: string, entry: DiskEntry): TAbstractFile {
    const { ctime, mtime, size } = entry;
    const file =
      entry.type === "file"
        ? new TFile(this.vault, path, { ctime, mtime, size })
        : new TFolder(this.vault, path);
    this.#link(file);
    this.tell("create", file);
    return file;
  }

  #update(file: TFile, { ctime, mtime, size }: DiskEntry): TFile {
    if (file.stat.mtime === mtime && file.stat.size === size) return file;
    file.stat = { ctime, mtime, size };
    this.tell("modify", file);
    return file;
  }

  #remove(file: TAbstractFile): void {
    if (file instanceof TFolder) for (const child of [...file.children]) this.#remove(child);
    this.#unlink(file);
    this.#files.delete(file.path);
    this.tell("delete", file);
  }

  #link(file: TAbstractFile): void {
    const parent = this.#folder(folderOf(file.path));
    file.parent = parent;
    parent.children.push(file);
    this.#files.set(file.path, file);
  }

  #unlink(file: TAbstractFile): void {
    if (file.parent !== null) file.parent.children = file.parent.children.filter((child) => child !== file);
  }

  /** The folder of that path, made known first where it was not. */
  #folder(path: string): TFolder {
    if (path === "") return this.root;
    const known = this.get(path);
    if (known instanceof TFolder) return known;
    const entry: DiskEntry = { path, type: "folder", ctime: 0, mtime: 0, size: 0 };
    return this.#add(path, entry) as TFolder;
  }
}
