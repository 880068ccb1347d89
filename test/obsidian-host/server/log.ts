/** Everything a test may want to know of what a plugin did: what it said, asked, read and wrote. */

export type Actor = "plugin" | "host" | "resource";

export interface ConsoleLine {
  level: string;
  text: string;
}

export interface RequestRecord {
  method: string;
  /** as the plugin asked for it, before it was pointed at another server */
  url: string;
  /** undefined where no answer came; then `error` says why */
  status?: number;
  error?: string;
  /** bytes of the request's body */
  sent: number;
  /** bytes of the answer's body */
  received: number;
  /** milliseconds since the epoch at which it was asked */
  at: number;
  /** milliseconds until the answer, or the failure, was there */
  took: number;
}

export interface FileRecord {
  /** relative to the vault */
  path: string;
  bytes: number;
  /** `plugin` through the API, `resource` as an image in the page, `host` for the editor and the link index */
  by: Actor;
  /** the operation: `read`, `readSlice`, `write`, `append`, `remove`, `rename`, … */
  how: string;
}

export interface LogEntries {
  console: ConsoleLine;
  notice: string;
  request: RequestRecord;
  read: FileRecord;
  write: FileRecord;
  /** a module name given to `require` */
  module: string;
  /** a URL handed to the system browser, as the plugin gave it */
  external: string;
}

type Listener<K extends keyof LogEntries> = (entry: LogEntries[K]) => void;

export class HostLog {
  readonly console: ConsoleLine[] = [];
  readonly notices: string[] = [];
  readonly requests: RequestRecord[] = [];
  readonly reads: FileRecord[] = [];
  readonly writes: FileRecord[] = [];
  readonly modules: string[] = [];
  readonly external: string[] = [];
  readonly #listeners = new Map<keyof LogEntries, Set<(entry: never) => void>>();

  /** Calls `listener` for each entry of that kind from now on; answers how to stop it. */
  on<K extends keyof LogEntries>(kind: K, listener: Listener<K>): () => void {
    const listeners = this.#listeners.get(kind) ?? new Set();
    this.#listeners.set(kind, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  add<K extends keyof LogEntries>(kind: K, entry: LogEntries[K]): void {
    const kept: { [T in keyof LogEntries]: LogEntries[T][] } = {
      console: this.console,
      notice: this.notices,
      request: this.requests,
      read: this.reads,
      write: this.writes,
      module: this.modules,
      external: this.external,
    };
    kept[kind].push(entry);
    for (const listener of this.#listeners.get(kind) ?? []) (listener as Listener<K>)(entry);
  }

  /** Forgets what was recorded so far; listeners stay. */
  clear(): void {
    for (const list of [
      this.console,
      this.notices,
      this.requests,
      this.reads,
      this.writes,
      this.modules,
      this.external,
    ]) {
      list.length = 0;
    }
  }
}
