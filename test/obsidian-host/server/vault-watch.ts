import fs from "node:fs";
import { isHidden, type VaultDisk } from "./vault-disk";

const settleMs = 40;

/**
 * Tells which paths of the vault have changed on disk, whoever changed them. One watcher a folder, since Node's
 * own recursive watching on Linux watches every single file.
 */
export class VaultWatch {
  readonly #watchers = new Map<string, fs.FSWatcher>();
  readonly #changed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param extraFolders  hidden folders to watch as well, relative to the vault (not what is below them)
   * @param tell          gets the changed paths; what is the matter with each is for the receiver to look up
   */
  constructor(
    readonly disk: VaultDisk,
    extraFolders: string[],
    readonly tell: (paths: string[]) => void,
  ) {
    this.#watchTree("");
    for (const folder of extraFolders) this.#watch(folder);
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  #watchTree(folder: string): void {
    this.#watch(folder);
    for (const entry of this.disk.listTree(folder)) if (entry.type === "folder") this.#watch(entry.path);
  }

  #watch(folder: string): void {
    if (this.#watchers.has(folder)) return;
    try {
      const watcher = fs.watch(this.disk.absolute(folder), (_event, name) => {
        if (name === null) return;
        this.#note(folder === "" ? name : `${folder}/${name}`, isHidden(folder));
      });
      watcher.on("error", () => this.#unwatch(folder));
      this.#watchers.set(folder, watcher);
    } catch (error) {
      // The folder may be gone again already; anything else must be seen.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }

  #unwatch(folder: string): void {
    this.#watchers.get(folder)?.close();
    this.#watchers.delete(folder);
  }

  #note(path: string, inHiddenFolder: boolean): void {
    if (isHidden(path) && !inHiddenFolder) return;
    this.#changed.add(path);
    this.#timer ??= setTimeout(() => this.#report(), settleMs);
  }

  #report(): void {
    this.#timer = undefined;
    const paths = [...this.#changed];
    this.#changed.clear();
    for (const path of paths) {
      if (isHidden(path)) continue;
      const type = this.disk.stat(path)?.type;
      // Watched before it is told, so that nothing put into a new folder meanwhile is missed.
      if (type === "folder") this.#watchTree(path);
      else if (type === undefined) this.#unwatchTree(path);
    }
    this.tell(paths);
  }

  #unwatchTree(folder: string): void {
    for (const watched of this.#watchers.keys()) {
      if (watched === folder || watched.startsWith(`${folder}/`)) this.#unwatch(watched);
    }
  }
}
