import fs from "node:fs";
import { promises as fsp } from "node:fs";
import path from "node:path";

/** One line of a listing: path relative to the vault, and its stat (times in ms since the epoch, size in bytes). */
export interface DiskEntry {
  path: string;
  type: "file" | "folder";
  ctime: number;
  mtime: number;
  size: number;
}

export interface WriteTimes {
  ctime?: number;
  mtime?: number;
}

export const isHidden = (relative: string): boolean =>
  relative.split("/").some((name) => name.startsWith(".") && name !== ".");

/** The vault's folder on disk, and the only code that touches it for the page. */
export class VaultDisk {
  readonly root: string;

  constructor(folder: string) {
    this.root = fs.realpathSync(folder);
  }

  /**
   * Where a vault path lies on disk.
   *
   * @throws Error where it would lie outside the vault's folder
   */
  absolute(relative: string): string {
    const full = path.resolve(this.root, `./${relative}`);
    if (full !== this.root && !full.startsWith(this.root + path.sep)) {
      throw Object.assign(new Error(`EACCES: outside the vault, '${relative}'`), { code: "EACCES" });
    }
    return full;
  }

  relative(absolute: string): string {
    return path.relative(this.root, path.resolve(absolute)).split(path.sep).join("/");
  }

  /** Every file and folder under `folder`, parents before children, without what is hidden. */
  listTree(folder = ""): DiskEntry[] {
    const entries: DiskEntry[] = [];
    const walk = (relative: string): void => {
      for (const item of fs.readdirSync(this.absolute(relative), { withFileTypes: true })) {
        if (item.name.startsWith(".")) continue;
        const below = relative === "" ? item.name : `${relative}/${item.name}`;
        const entry = this.#entry(below, fs.statSync(this.absolute(below), { throwIfNoEntry: false }));
        if (entry === null) continue;
        entries.push(entry);
        if (entry.type === "folder") walk(below);
      }
    };
    walk(folder);
    return entries;
  }

  stat(relative: string): DiskEntry | null {
    return this.#entry(relative, fs.statSync(this.absolute(relative), { throwIfNoEntry: false }));
  }

  /** Names of the files and folders directly in a folder, hidden ones too. */
  async list(relative: string): Promise<{ files: string[]; folders: string[] }> {
    const items = await fsp.readdir(this.absolute(relative), { withFileTypes: true });
    const at = (name: string): string => (relative === "" || relative === "/" ? name : `${relative}/${name}`);
    return {
      files: items.filter((item) => !item.isDirectory()).map((item) => at(item.name)),
      folders: items.filter((item) => item.isDirectory()).map((item) => at(item.name)),
    };
  }

  read(relative: string): Promise<Buffer> {
    return fsp.readFile(this.absolute(relative));
  }

  async write(relative: string, data: Uint8Array, times: WriteTimes = {}): Promise<void> {
    await fsp.writeFile(this.absolute(relative), data);
    await this.#touch(relative, times);
  }

  async append(relative: string, data: Uint8Array, times: WriteTimes = {}): Promise<void> {
    await fsp.appendFile(this.absolute(relative), data);
    await this.#touch(relative, times);
  }

  async makeFolder(relative: string): Promise<void> {
    await fsp.mkdir(this.absolute(relative), { recursive: true });
  }

  remove(relative: string): Promise<void> {
    return fsp.unlink(this.absolute(relative));
  }

  async removeFolder(relative: string, recursive: boolean): Promise<void> {
    if (recursive) await fsp.rm(this.absolute(relative), { recursive: true });
    else await fsp.rmdir(this.absolute(relative));
  }

  /** @throws Error with code EEXIST where something lies at the new path already */
  async rename(from: string, to: string): Promise<void> {
    const sameFile = from.toLowerCase() === to.toLowerCase();
    if (!sameFile && this.stat(to) !== null) throw this.#exists("Destination file already exists!");
    await fsp.rename(this.absolute(from), this.absolute(to));
  }

  /** @throws Error with code EEXIST where something lies at the new path already */
  async copy(from: string, to: string): Promise<void> {
    await fsp.cp(this.absolute(from), this.absolute(to), {
      recursive: true,
      errorOnExist: true,
      force: false,
    });
  }

  #entry(relative: string, stat: fs.Stats | undefined): DiskEntry | null {
    if (stat === undefined || !(stat.isFile() || stat.isDirectory())) return null;
    return {
      path: relative,
      type: stat.isDirectory() ? "folder" : "file",
      ctime: Math.round(stat.birthtimeMs || stat.ctimeMs),
      mtime: Math.round(stat.mtimeMs),
      size: stat.isDirectory() ? 0 : stat.size,
    };
  }

  // A birth time cannot be set on most file systems, so only the time of modification is.
  async #touch(relative: string, times: WriteTimes): Promise<void> {
    if (times.mtime === undefined) return;
    await fsp.utimes(this.absolute(relative), times.mtime / 1000, times.mtime / 1000);
  }

  #exists(message: string): Error {
    return Object.assign(new Error(message), { code: "EEXIST" });
  }
}
