import type { Connection } from "./connection";

export interface DiskEntry {
  path: string;
  type: "file" | "folder";
  ctime: number;
  mtime: number;
  size: number;
}

/** Who reads or writes: what plugins do is told apart from what the host does for its own editor and link index. */
export type Actor = "plugin" | "host";

export interface Times {
  ctime?: number;
  mtime?: number;
}

/** The vault's folder as the server shows it. Knows paths and bytes, nothing of Obsidian. */
export class Disk {
  #stated: string[] = [];
  #stats: Promise<(DiskEntry | null)[]> | undefined;

  constructor(readonly connection: Connection) {}

  tree(folder = ""): Promise<DiskEntry[]> {
    return this.connection.get("/host/list", { path: folder });
  }

  stats(paths: string[]): Promise<(DiskEntry | null)[]> {
    return this.connection.post("/host/stats", {}, JSON.stringify(paths));
  }

  /** Texts of many notes at once; null for one that cannot be read. */
  notes(paths: string[]): Promise<(string | null)[]> {
    return this.connection.post("/host/notes", {}, JSON.stringify(paths));
  }

  // Over the socket, as are listing and reading: of plain requests a browser runs six at a time, each of which costs
  // milliseconds. Those of one moment go together, since a message costs many times what Node's own stat does.
  async stat(path: string): Promise<DiskEntry | null> {
    const place = this.#stated.push(path) - 1;
    this.#stats ??= Promise.resolve().then(async () => {
      const paths = this.#stated;
      this.#stated = [];
      this.#stats = undefined;
      return (await this.connection.ask<(DiskEntry | null)[]>({ op: "disk.stats", paths })).value;
    });
    return (await this.#stats)[place] ?? null;
  }

  async list(path: string): Promise<{ files: string[]; folders: string[] }> {
    const { value } = await this.connection.ask<{ files: string[]; folders: string[] }>({
      op: "disk.list",
      path,
    });
    return value;
  }

  async read(path: string, by: Actor): Promise<ArrayBuffer> {
    return (await this.connection.ask({ op: "disk.read", path, by })).body.slice().buffer;
  }

  async readText(path: string, by: Actor): Promise<string> {
    return new TextDecoder().decode(await this.read(path, by));
  }

  write(
    path: string,
    data: Uint8Array<ArrayBuffer>,
    by: Actor,
    times: Times = {},
  ): Promise<DiskEntry | null> {
    return this.connection.post("/host/fs/write", { path, by, ...asQuery(times) }, data);
  }

  append(
    path: string,
    data: Uint8Array<ArrayBuffer>,
    by: Actor,
    times: Times = {},
  ): Promise<DiskEntry | null> {
    return this.connection.post("/host/fs/append", { path, by, how: "append", ...asQuery(times) }, data);
  }

  /** Makes, moves or removes; answers the stat of what is there afterwards. */
  change(
    how: "mkdir" | "remove" | "rmdir" | "rename" | "copy",
    path: string,
    by: Actor,
    more: Record<string, string> = {},
  ): Promise<DiskEntry | null> {
    return this.connection.post(`/host/fs/${how}`, { path, by, how, ...more }, "");
  }
}

function asQuery(times: Times): Record<string, string> {
  return times.mtime === undefined ? {} : { mtime: String(times.mtime) };
}
