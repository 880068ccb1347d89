import { decode, encode, isAnswer, longFrom, type Call, type WireError } from "../wire";
import type { DeviceStorage } from "./device-storage";
import { FileHandles } from "./file-handles";
import { HttpListeners } from "./http-listeners";
import type { Loads } from "./loads";
import type { HostLog } from "./log";
import type { Network } from "./network";
import type { VaultDisk } from "./vault-disk";
import type { WebSocketConnection } from "./web-socket";

export interface SessionParts {
  disk: VaultDisk;
  loads: Loads;
  log: HostLog;
  network: Network;
  device: DeviceStorage;
  pluginId: () => string;
  openExternal: (url: string) => Promise<void>;
}

type Reply = { value?: unknown; body?: Uint8Array };
type Operation = (call: Call, body: Uint8Array) => Promise<Reply> | Reply;

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const integer = (value: unknown): number => (typeof value === "number" ? value : 0);
const maybeInteger = (value: unknown): number | null => (typeof value === "number" ? value : null);

/** One page that is connected: does what it asks for over the socket, and clears up behind it when it is gone. */
export class PageSession {
  readonly #files: FileHandles;
  readonly #listeners: HttpListeners;
  readonly #operations: Record<string, Operation>;

  constructor(
    readonly socket: WebSocketConnection,
    readonly parts: SessionParts,
    ended: () => void,
  ) {
    this.#files = new FileHandles(parts.disk, parts.log);
    this.#listeners = new HttpListeners((request, body) =>
      this.tell({ op: "http.request", ...request }, body),
    );
    this.#operations = {
      ...this.#said(),
      ...this.#networkOperations(),
      ...this.#vaultOperations(),
      ...this.#fileOperations(),
    };
    socket.onMessage = (message) => void this.#receive(message);
    socket.onClose = () => {
      ended();
      void this.#listeners.closeAll();
      void this.#files.closeAll();
    };
  }

  tell(call: Call, body?: Uint8Array): void {
    this.socket.send(Buffer.from(encode(call, body)));
  }

  async #receive(message: Buffer): Promise<void> {
    const { head, body } = decode(new Uint8Array(message).buffer);
    if (isAnswer(head)) return;
    const answers = head.id;
    try {
      const operation = this.#operations[head.op];
      if (operation === undefined) throw new Error(`The host knows no operation ${head.op}`);
      const reply = await operation(head, head.load === undefined ? body : this.parts.loads.take(head.load));
      if (answers !== undefined) this.#answer({ answers, value: reply.value ?? null }, reply.body);
    } catch (error) {
      if (answers !== undefined) this.#answer({ answers, error: asWireError(error) });
      else this.parts.log.add("console", { level: "error", text: `host: ${asWireError(error).message}` });
    }
  }

  #answer(head: { answers: number; value?: unknown; error?: WireError }, body?: Uint8Array): void {
    const isLong = body !== undefined && body.length > longFrom;
    const message = isLong ? encode({ ...head, load: this.parts.loads.put(body) }) : encode(head, body);
    this.socket.send(Buffer.from(message));
  }

  #said(): Record<string, Operation> {
    const { log, device } = this.parts;
    return {
      console: ({ level, text: said }) => (log.add("console", { level: text(level), text: text(said) }), {}),
      notice: ({ text: said }) => (log.add("notice", text(said)), {}),
      module: ({ name }) => (log.add("module", text(name)), {}),
      "local-storage": ({ key, json }) => (
        device.localStorage.set(text(key), json === null ? null : text(json)),
        {}
      ),
      layout: ({ json }) => ((device.layout = text(json)), {}),
      enabled: () => (device.rememberEnabled(this.parts.pluginId()), {}),
    };
  }

  #networkOperations(): Record<string, Operation> {
    const { network } = this.parts;
    return {
      request: async ({ url, method, headers }, body) => {
        const plain = (headers ?? {}) as Record<string, string>;
        const response = await network.request({
          url: text(url),
          method: text(method),
          headers: plain,
          body,
        });
        return { value: { status: response.status, headers: response.headers }, body: response.body };
      },
      external: async ({ url }) => {
        await this.parts.openExternal(text(url));
        return {};
      },
      "http.listen": async ({ listener, port, hostname }) => ({
        value: await this.#listeners.listen(integer(listener), integer(port), text(hostname)),
      }),
      "http.respond": ({ request, status, headers }, body) => {
        this.#listeners.respond(integer(request), integer(status), headers as Record<string, string>, body);
        return {};
      },
      "http.close": async ({ listener, force }) => {
        await this.#listeners.close(integer(listener), force === true);
        return {};
      },
    };
  }

  #vaultOperations(): Record<string, Operation> {
    const { disk, log } = this.parts;
    const inVault = (path: unknown): string => (path === "/" ? "" : text(path));
    return {
      "disk.list": async ({ path }) => ({ value: await disk.list(inVault(path)) }),
      "disk.stats": ({ paths }) => ({ value: (paths as unknown[]).map((path) => disk.stat(inVault(path))) }),
      "disk.read": async ({ path, by }) => {
        const body = await disk.read(inVault(path));
        log.add("read", {
          path: inVault(path),
          bytes: body.length,
          by: by === "plugin" ? by : "host",
          how: "read",
        });
        return { body };
      },
    };
  }

  #fileOperations(): Record<string, Operation> {
    const files = this.#files;
    const done = async (work: Promise<unknown>): Promise<Reply> => ({ value: await work });
    return {
      "fs.open": ({ path, flags }) => done(files.open(text(path), text(flags))),
      "fs.read": async ({ fd, length, position }) => ({
        body: await files.read(integer(fd), integer(length), maybeInteger(position)),
      }),
      "fs.write": ({ fd, position }, body) => done(files.write(integer(fd), body, maybeInteger(position))),
      "fs.fstat": ({ fd }) => done(files.statOpen(integer(fd))),
      "fs.close": ({ fd }) => done(files.close(integer(fd))),
      "fs.stat": ({ path }) => done(files.stat(text(path))),
      "fs.readFile": async ({ path }) => ({ body: await files.readFile(text(path)) }),
      "fs.writeFile": ({ path, append }, body) => done(files.writeFile(text(path), body, append === true)),
      "fs.mkdir": ({ path, recursive }) => done(files.makeFolder(text(path), recursive === true)),
      "fs.readdir": ({ path }) => done(files.names(text(path))),
      "fs.unlink": ({ path }) => done(files.unlink(text(path))),
      "fs.rename": ({ from, to }) => done(files.rename(text(from), text(to))),
    };
  }
}

export function asWireError(error: unknown): WireError {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? { message: error.message } : { message: error.message, code };
}
