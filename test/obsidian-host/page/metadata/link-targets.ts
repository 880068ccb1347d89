import { folderOf, nameOf, resolvePath } from "../obsidian/paths";
import type { TFile } from "../vault/files";

const fold = (text: string): string => text.toLowerCase().normalize("NFC");

/** Finds the file that a link means: files by their names, whatever the case, as Obsidian does. */
export class LinkTargets {
  readonly #byName = new Map<string, Set<TFile>>();
  readonly #names = new Map<TFile, string>();

  add(file: TFile): void {
    const name = fold(file.name);
    const same = this.#byName.get(name) ?? new Set();
    this.#byName.set(name, same.add(file));
    this.#names.set(file, name);
  }

  remove(file: TFile): void {
    const name = this.#names.get(file);
    if (name === undefined) return;
    this.#byName.get(name)?.delete(file);
    this.#names.delete(file);
  }

  /** Files that carry the same name, in whatever folder. */
  named(name: string): TFile[] {
    return [...(this.#byName.get(fold(name)) ?? [])];
  }

  /**
   * The best match: the path itself; a path relative to the note; else the files whose path ends so, those below the
   * note's folder first, then the shortest path. Without an extension a note is meant.
   */
  find(linkpath: string, sourcePath: string): TFile | null {
    return this.#find(linkpath, sourcePath) ?? this.#find(`${linkpath}.md`, sourcePath);
  }

  #find(linkpath: string, sourcePath: string): TFile | null {
    const folder = folderOf(sourcePath);
    const wanted = fold(linkpath);
    const named = this.named(nameOf(linkpath));
    const at = (path: string): TFile | undefined => named.find((file) => fold(file.path) === path);
    if (wanted.startsWith("./") || wanted.startsWith("../"))
      return at(resolvePath(fold(folder), wanted)) ?? null;
    if (wanted.startsWith("/")) return at(wanted.slice(1)) ?? null;
    const exact = at(wanted) ?? at(resolvePath(fold(folder), wanted));
    if (exact !== undefined) return exact;
    const near = (file: TFile): number => (folder !== "" && file.path.startsWith(`${folder}/`) ? 0 : 1);
    const ending = named.filter((file) => fold(file.path).endsWith(`/${wanted}`));
    ending.sort((a, b) => near(a) - near(b) || a.path.length - b.path.length || (a.path < b.path ? -1 : 1));
    return ending[0] ?? null;
  }
}
