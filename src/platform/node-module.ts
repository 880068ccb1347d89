import { Platform } from "obsidian";

// What each of them holds may be missing: a host may answer with something less.

/** As much of Node's `crypto` as is used here. */
interface Crypto {
  createHash?(algorithm: "sha256"): { update(piece: Uint8Array): unknown; digest(form: "hex"): string };
}

/** As much of Electron as is used here. */
interface Electron {
  readonly shell?: { openExternal?(url: string): Promise<void> };
}

/** As much of Node's `fs` as is used here. */
interface FileSystem {
  readonly promises?: {
    open(path: string, flags: "r"): Promise<Handle>;
    stat(path: string): Promise<{ readonly size: number }>;
  };
}

interface Handle {
  read(into: Uint8Array, offset: number, length: number, position: number): Promise<{ bytesRead: number }>;
  close(): Promise<void>;
}

/** As much of Node's `http` as is used here. */
interface Http {
  createServer?(onRequest: (request: Request, response: Response) => void): Server;
}

export interface Request {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
}

export interface Response {
  writeHead(status: number, headers: Readonly<Record<string, string>>): unknown;
  end(body: string): unknown;
}

interface Server {
  on(event: "error", tell: () => void): unknown;
  listen(port: number, host: string, ready: () => void): unknown;
  /** Of one that listens on a port. */
  address(): { readonly port: number };
  close(): unknown;
}

interface Modules {
  readonly crypto: Crypto;
  readonly electron: Electron;
  readonly fs: FileSystem;
  readonly http: Http;
}

/**
 * A module of Node or Electron, asked for only when it is needed and only where there is one; `undefined` on phones,
 * where the app answers nothing, and wherever it is refused.
 */
export function nodeModule<Name extends keyof Modules>(name: Name): Modules[Name] | null | undefined {
  if (!Platform.isDesktopApp || Platform.isMobile) return undefined;
  const { require } = window as { readonly require?: (name: Name) => Modules[Name] | null };
  try {
    return require?.call(window, name);
  } catch {
    return undefined; // this host has none
  }
}
