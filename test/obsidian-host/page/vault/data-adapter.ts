import type * as obs from "obsidian";
import type { Disk, DiskEntry, Times } from "../disk";
import { HostError } from "../connection";
import { nameOf, normalizePath } from "../obsidian/paths";

type Changed = (path: string, entry: DiskEntry | null) => void;

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const timesOf = (options: obs.DataWriteOptions = {}): Times => options;

/**
 * The vault's files as paths and bytes. What changes them is done one after another, as Obsidian does, and each change
 * is taken into the vault's index before the next begins.
 */
export abstract class HostDataAdapter implements obs.DataAdapter {
  _changed: Changed = () => undefined;
  _queue: Promise<unknown> = Promise.resolve();
  readonly _disk: Disk;
  readonly _name: string;
  readonly _basePath: string;

  constructor(disk: Disk, name: string, basePath: string) {
    this._disk = disk;
    this._name = name;
    this._basePath = basePath;
  }

  getName(): string {
    return this._name;
  }

  async exists(normalizedPath: string, _sensitive?: boolean): Promise<boolean> {
    return (await this._disk.stat(normalizedPath)) !== null;
  }

  async stat(normalizedPath: string): Promise<obs.Stat | null> {
    const entry = await this._disk.stat(normalizedPath);
    if (entry === null) return null;
    const { type, ctime, mtime, size } = entry;
    return { type, ctime, mtime, size };
  }

  list(normalizedPath: string): Promise<obs.ListedFiles> {
    return this._disk.list(normalizedPath);
  }

  read(normalizedPath: string): Promise<string> {
    return this._disk.readText(normalizedPath, "plugin");
  }

  readBinary(normalizedPath: string): Promise<ArrayBuffer> {
    return this._disk.read(normalizedPath, "plugin");
  }

  async write(path: string, data: string, options?: obs.DataWriteOptions): Promise<void> {
    await this._do(path, () => this._disk.write(path, bytesOf(data), "plugin", timesOf(options)));
  }

  async writeBinary(path: string, data: ArrayBuffer, options?: obs.DataWriteOptions): Promise<void> {
    await this._do(path, () => this._disk.write(path, new Uint8Array(data), "plugin", timesOf(options)));
  }

  async append(path: string, data: string, options?: obs.DataWriteOptions): Promise<void> {
    await this._do(path, () => this._disk.append(path, bytesOf(data), "plugin", timesOf(options)));
  }

  async appendBinary(path: string, data: ArrayBuffer, options?: obs.DataWriteOptions): Promise<void> {
    await this._do(path, () => this._disk.append(path, new Uint8Array(data), "plugin", timesOf(options)));
  }

  async process(path: string, fn: (data: string) => string, options?: obs.DataWriteOptions): Promise<string> {
    let written = "";
    await this._do(path, async () => {
      const before = await this._disk.readText(path, "plugin");
      written = fn(before);
      if (written === before) return this._disk.stat(path);
      return this._disk.write(path, bytesOf(written), "plugin", timesOf(options));
    });
    return written;
  }

  getResourcePath(normalizedPath: string): string {
    return `${location.origin}/vault/${normalizedPath.split("/").map(encodeURIComponent).join("/")}`;
  }

  async mkdir(path: string): Promise<void> {
    await this._do(path, () => this._disk.change("mkdir", path, "plugin"));
  }

  // There is no trash of an operating system behind this page.
  trashSystem(_path: string): Promise<boolean> {
    return Promise.resolve(false);
  }

  async trashLocal(path: string): Promise<void> {
    await this._do(path, async () => {
      await this._disk.change("mkdir", ".trash", "plugin");
      let target = `.trash/${nameOf(path)}`;
      for (let i = 2; (await this._disk.stat(target)) !== null; i++) target = `.trash/${i} ${nameOf(path)}`;
      await this._disk.change("rename", path, "plugin", { to: target });
      return null;
    });
  }

  async rmdir(path: string, recursive: boolean): Promise<void> {
    await this._do(path, () => this._disk.change("rmdir", path, "plugin", { recursive: String(recursive) }));
  }

  async remove(path: string): Promise<void> {
    await this._do(path, () => this._disk.change("remove", path, "plugin"));
  }

  async rename(path: string, newPath: string): Promise<void> {
    await this._inTurn(async () => {
      const entry = await this._disk.change("rename", path, "plugin", { to: newPath });
      this._changed(path, null);
      this._changed(newPath, entry);
    });
  }

  async copy(path: string, newPath: string): Promise<void> {
    await this._do(newPath, () => this._disk.change("copy", path, "plugin", { to: newPath }));
  }

  getFullPath(normalizedPath: string): string {
    const path = normalizePath(normalizedPath);
    return path === "/" ? this._basePath : `${this._basePath}/${path}`;
  }

  /** Runs a change when those before it are through. */
  _inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this._queue.then(work);
    this._queue = turn.catch(() => undefined);
    return turn;
  }

  _do(path: string, work: () => Promise<DiskEntry | null>): Promise<void> {
    return this._inTurn(async () => this._changed(path, await work()));
  }
}

export class FileSystemAdapter extends HostDataAdapter {
  getBasePath(): string {
    return this._basePath;
  }

  getFilePath(normalizedPath: string): string {
    return `file://${this.getFullPath(normalizedPath).split("/").map(encodeURIComponent).join("/")}`;
  }

  static readLocalFile(path: string): Promise<ArrayBuffer> {
    return Promise.reject(new HostError(`EACCES: outside the vault, '${path}'`, "EACCES"));
  }

  static mkdir(path: string): Promise<void> {
    return Promise.reject(new HostError(`EACCES: outside the vault, '${path}'`, "EACCES"));
  }
}

/** The phone's: it does not tell where the vault lies. */
export class CapacitorAdapter extends HostDataAdapter {}
