import type { Connection } from "../connection";
import { EventEmitter } from "./event-emitter";

interface Arrived {
  listener: number;
  request: number;
  method: string;
  url: string;
  headers: Record<string, string | string[] | undefined>;
}

class IncomingMessage extends EventEmitter {
  readonly method: string;
  readonly url: string;
  readonly headers: Arrived["headers"];
  readonly socket = { remoteAddress: "127.0.0.1" };
  readonly #body: Uint8Array;

  constructor(arrived: Arrived, body: Uint8Array) {
    super();
    this.method = arrived.method;
    this.url = arrived.url;
    this.headers = arrived.headers;
    this.#body = body;
  }

  /** Gives out the body once the handler had the time to listen for it. */
  _flow(): void {
    queueMicrotask(() => {
      if (this.#body.length > 0) this.emit("data", this.#body);
      this.emit("end");
      this.emit("close");
    });
  }
}

class ServerResponse extends EventEmitter {
  statusCode = 200;
  headersSent = false;
  writableEnded = false;
  readonly #headers: Record<string, string | string[]> = {};
  readonly #chunks: Uint8Array[] = [];
  readonly #send: (status: number, headers: Record<string, string | string[]>, body: Uint8Array) => void;

  constructor(send: (status: number, headers: Record<string, string | string[]>, body: Uint8Array) => void) {
    super();
    this.#send = send;
  }

  setHeader(name: string, value: string | number | string[]): this {
    this.#headers[name] = Array.isArray(value) ? value : String(value);
    return this;
  }

  getHeader(name: string): string | string[] | undefined {
    return this.#headers[name];
  }

  writeHead(status: number, ...rest: unknown[]): this {
    this.statusCode = status;
    const headers =
      rest.find((part): part is Record<string, string> => typeof part === "object" && part !== null) ?? {};
    for (const [name, value] of Object.entries(headers)) this.setHeader(name, value);
    this.headersSent = true;
    return this;
  }

  write(chunk: string | Uint8Array): boolean {
    this.#chunks.push(typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk);
    return true;
  }

  end(...rest: unknown[]): this {
    if (this.writableEnded) return this;
    const [chunk] = rest;
    if (typeof chunk === "string" || chunk instanceof Uint8Array) this.write(chunk);
    this.writableEnded = true;
    this.headersSent = true;
    const body = new Uint8Array(this.#chunks.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of this.#chunks) {
      body.set(part, at);
      at += part.length;
    }
    this.#send(this.statusCode, this.#headers, body);
    const done = rest.find((part) => typeof part === "function") as (() => void) | undefined;
    queueMicrotask(() => {
      this.emit("finish");
      this.emit("close");
      done?.();
    });
    return this;
  }
}

class Server extends EventEmitter {
  listening = false;
  readonly #id: number;
  readonly #connection: Connection;
  #address: { address: string; port: number; family: string } | null = null;

  constructor(connection: Connection, id: number) {
    super();
    this.#connection = connection;
    this.#id = id;
  }

  listen(...given: unknown[]): this {
    const options = (typeof given[0] === "object" ? given[0] : {}) as { port?: number; host?: string };
    const port = typeof given[0] === "number" ? given[0] : (options.port ?? 0);
    const hostname = typeof given[1] === "string" ? given[1] : (options.host ?? "127.0.0.1");
    const callback = given.find((part) => typeof part === "function") as (() => void) | undefined;
    if (callback !== undefined) this.once("listening", callback);
    this.#connection
      .ask<{ address: string; port: number; family: string }>({
        op: "http.listen",
        listener: this.#id,
        port,
        hostname,
      })
      .then(
        ({ value }) => {
          this.#address = value;
          this.listening = true;
          this.emit("listening");
        },
        (error: unknown) => this.emit("error", error),
      );
    return this;
  }

  address(): { address: string; port: number; family: string } | null {
    return this.#address;
  }

  close(callback?: () => void): this {
    this.#end(false, callback);
    return this;
  }

  closeAllConnections(): void {
    this.#end(true);
  }

  closeIdleConnections(): void {
    return undefined;
  }

  unref(): this {
    return this;
  }

  #end(force: boolean, callback?: () => void): void {
    this.listening = false;
    void this.#connection.ask({ op: "http.close", listener: this.#id, force }).then(() => {
      this.emit("close");
      callback?.();
    });
  }
}

/** Node's `http` as far as a listener goes; the listener itself is a real one in the host's process. */
export function httpModule(connection: Connection) {
  const servers = new Map<number, Server>();
  let next = 1;
  connection.on("http.request", (call, body) => {
    const arrived = call as unknown as Arrived;
    const request = new IncomingMessage(arrived, body);
    const response = new ServerResponse((status, headers, sent) =>
      connection.tell({ op: "http.respond", request: arrived.request, status, headers }, sent),
    );
    servers.get(arrived.listener)?.emit("request", request, response);
    request._flow();
  });
  return {
    createServer(...given: unknown[]): Server {
      const id = next++;
      const server = new Server(connection, id);
      servers.set(id, server);
      const listener = given.find((part) => typeof part === "function");
      if (listener !== undefined) server.on("request", listener as () => unknown);
      return server;
    },
    Server,
    IncomingMessage,
    ServerResponse,
  };
}
