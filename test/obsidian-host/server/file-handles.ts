import { promises as fsp } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import type { HostLog } from "./log";
import type { VaultDisk } from "./vault-disk";

export interface FileStat {
  size: number;
  mtimeMs: number;
  ctimeMs: number;
  birthtimeMs: number;
  isFile: boolean;
  isDirectory: boolean;
}

/** Answers to the page's stand-in for Node's `fs`: real calls, for files inside the vault only. */
export class FileHandles {
  readonly #open = new Map<number, { handle: FileHandle; path: string }>();
  #next = 3;

  constructor(
    readonly disk: VaultDisk,
    readonly log: HostLog,
  ) {}

  async open(absolute: string, flags: string): Promise<number> {
    const path = this.#inside(absolute);
    const handle = await fsp.open(this.disk.absolute(path), flags);
    this.#open.set(this.#next, { handle, path });
    return this.#next++;
  }

  async read(fd: number, length: number, position: number | null): Promise<Buffer> {
    const { handle, path } = this.#opened(fd);
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, position);
    this.log.add("read", { path, bytes: bytesRead, by: "plugin", how: "readSlice" });
    return buffer.subarray(0, bytesRead);
  }

  async write(fd: number, data: Uint8Array, position: number | null): Promise<number> {
    const { handle, path } = this.#opened(fd);
    const { bytesWritten } = await handle.write(data, 0, data.length, position);
    this.log.add("write", { path, bytes: bytesWritten, by: "plugin", how: "writeSlice" });
    return bytesWritten;
  }

  async statOpen(fd: number): Promise<FileStat> {
    return plain(await this.#opened(fd).handle.stat());
  }

  async close(fd: number): Promise<void> {
    const { handle } = this.#opened(fd);
    this.#open.delete(fd);
    await handle.close();
  }

  async stat(absolute: string): Promise<FileStat> {
    return plain(await fsp.stat(this.disk.absolute(this.#inside(absolute))));
  }

  async readFile(absolute: string): Promise<Buffer> {
    const path = this.#inside(absolute);
    const data = await this.disk.read(path);
    this.log.add("read", { path, bytes: data.length, by: "plugin", how: "readFile" });
    return data;
  }

  async writeFile(absolute: string, data: Uint8Array, append: boolean): Promise<void> {
    const path = this.#inside(absolute);
    await (append ? this.disk.append(path, data) : this.disk.write(path, data));
    this.log.add("write", {
      path,
      bytes: data.length,
      by: "plugin",
      how: append ? "appendFile" : "writeFile",
    });
  }

  async makeFolder(absolute: string, recursive: boolean): Promise<void> {
    await fsp.mkdir(this.disk.absolute(this.#inside(absolute)), { recursive });
  }

  async names(absolute: string): Promise<string[]> {
    return fsp.readdir(this.disk.absolute(this.#inside(absolute)));
  }

  async unlink(absolute: string): Promise<void> {
    const path = this.#inside(absolute);
    await this.disk.remove(path);
    this.log.add("write", { path, bytes: 0, by: "plugin", how: "unlink" });
  }

  async rename(from: string, to: string): Promise<void> {
    await fsp.rename(this.disk.absolute(this.#inside(from)), this.disk.absolute(this.#inside(to)));
    this.log.add("write", { path: this.#inside(to), bytes: 0, by: "plugin", how: "rename" });
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((fd) => this.close(fd)));
  }

  #inside(absolute: string): string {
    const relative = this.disk.relative(absolute);
    this.disk.absolute(relative);
    return relative;
  }

  #opened(fd: number): { handle: FileHandle; path: string } {
    const opened = this.#open.get(fd);
    if (opened === undefined) throw Object.assign(new Error("EBADF: bad file descriptor"), { code: "EBADF" });
    return opened;
  }
}

function plain(stat: Awaited<ReturnType<typeof fsp.stat>>): FileStat {
  return {
    size: Number(stat.size),
    mtimeMs: Number(stat.mtimeMs),
    ctimeMs: Number(stat.ctimeMs),
    birthtimeMs: Number(stat.birthtimeMs),
    isFile: stat.isFile(),
    isDirectory: stat.isDirectory(),
  };
}
