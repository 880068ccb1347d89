/** What a request was for, as far as counting goes. */
export type Kind =
  | "upload"
  | "create"
  | "other"
  | "token"
  | "revoke"
  | "userinfo"
  | "discovery"
  | "consent"
  | "download"
  | "gallery"
  | "unknown";

export interface LoggedRequest {
  /** 1 for the first request since start or `clear`. */
  n: number;
  /** When it came, ms on the emulator's clock. */
  at: number;
  method: string;
  /** Without the query, which may hold secrets. */
  path: string;
  kind: Kind;
  /** The API's name of the method: `mediaItems.batchCreate`, `uploads.raw`, `token` … */
  call: string;
  /** 0 while it is being answered, and for good where the line was cut. */
  status: number;
  bytesIn: number;
  /** Real milliseconds since the process began; `ended` is 0 while it is being answered. */
  started: number;
  ended: number;
  /** A create that came while another of the same user was being answered. */
  overlapped?: true;
  /** Faults that struck it. */
  faults: string[];
}

/** Every request, in order, but those to `/control/` and preflights. */
export class RequestLog {
  #entries: LoggedRequest[] = [];
  #waiting: { matches: (entry: LoggedRequest) => boolean; tell: (entry: LoggedRequest) => void }[] = [];

  begin(entry: Pick<LoggedRequest, "at" | "method" | "path" | "kind" | "call">): LoggedRequest {
    const started = performance.now();
    const n = this.#entries.length + 1;
    const logged: LoggedRequest = { n, ...entry, status: 0, bytesIn: 0, started, ended: 0, faults: [] };
    this.#entries.push(logged);
    return logged;
  }

  end(entry: LoggedRequest, status: number): void {
    entry.status = status;
    entry.ended = performance.now();
    const told = this.#waiting.filter(({ matches }) => matches(entry));
    this.#waiting = this.#waiting.filter((waiting) => !told.includes(waiting));
    for (const { tell } of told) tell(entry);
  }

  all(): readonly LoggedRequest[] {
    return this.#entries;
  }

  clear(): void {
    this.#entries = [];
  }

  /** Requests by the three kinds that the Library API's quota counts; every part of a resumable upload is one. */
  counts(): { uploads: number; creates: number; other: number } {
    const count = (kind: Kind): number => this.#entries.filter((entry) => entry.kind === kind).length;
    return { uploads: count("upload"), creates: count("create"), other: count("other") };
  }

  /** The next request to end that matches: for tests that wait for something to have happened. */
  next(matches: (entry: LoggedRequest) => boolean): Promise<LoggedRequest> {
    return new Promise((tell) => this.#waiting.push({ matches, tell }));
  }
}
