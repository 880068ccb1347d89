import type { Boot } from "../boot";
import { openSocket } from "./socket-worker";
import { decode, encode, isAnswer, longFrom, type Call } from "../wire";

interface Waiting {
  resolve: (answer: { value: unknown; body: Uint8Array<ArrayBuffer> }) => void;
  reject: (error: Error) => void;
}

type Told = (call: Call, body: Uint8Array<ArrayBuffer>) => void;

export class HostError extends Error {
  readonly code?: string;

  constructor(message: string, code?: string) {
    super(message);
    if (code !== undefined) this.code = code;
  }
}

/** The page's line to the host's server: a socket for what may take long, plain requests for files and the rest. */
export class Connection {
  readonly #waiting = new Map<number, Waiting>();
  readonly #told = new Map<string, Told>();
  #next = 1;

  private constructor(private readonly socket: MessagePort) {}

  static async open(): Promise<Connection> {
    const connection = new Connection(openSocket(`ws://${location.host}/host/socket`));
    await new Promise<void>((resolve, reject) => connection.#listen(resolve, reject));
    return connection;
  }

  #listen(opened: () => void, failed: (error: HostError) => void): void {
    this.socket.onmessage = ({ data }: MessageEvent<ArrayBuffer | "open" | "error" | "close">) => {
      if (data instanceof ArrayBuffer) this.#receive(data);
      else if (data === "open") opened();
      else {
        failed(new HostError("The host does not answer"));
        for (const { reject } of this.#waiting.values()) reject(new HostError("The host has ended"));
      }
    };
  }

  boot(): Promise<Boot> {
    return this.get<Boot>("/host/boot");
  }

  /** Asks over the socket and waits for the answer. */
  async ask<T>(call: Call, body?: Uint8Array): Promise<{ value: T; body: Uint8Array<ArrayBuffer> }> {
    if (body !== undefined && body.length > longFrom) {
      // Whoever drives the page is told of what a request carries, but of a Blob.
      const load = await this.post<string>("/host/load", {}, new Blob([body.slice()]));
      return this.ask({ ...call, load });
    }
    const id = this.#next++;
    const answer = await new Promise<{ value: unknown; body: Uint8Array<ArrayBuffer> }>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#send({ ...call, id }, body);
    });
    return { value: answer.value as T, body: answer.body };
  }

  /** Tells something over the socket; nothing comes back. */
  tell(call: Call, body?: Uint8Array): void {
    this.#send(call, body);
  }

  #send(call: Call, body?: Uint8Array): void {
    const message = encode(call, body);
    this.socket.postMessage(message.buffer, [message.buffer]);
  }

  /** What the server tells by itself. */
  on(op: string, told: Told): void {
    this.#told.set(op, told);
  }

  async get<T>(path: string, query: Record<string, string> = {}): Promise<T> {
    return (await (await this.#fetch(path, query)).json()) as T;
  }

  async post<T>(
    path: string,
    query: Record<string, string>,
    body: string | Uint8Array<ArrayBuffer> | Blob,
  ): Promise<T> {
    return (await (await this.#fetch(path, query, body)).json()) as T;
  }

  /** Asks and blocks until the answer is there, for the few things that Obsidian and Node do synchronously. */
  askNow<T>(path: string, query: Record<string, string>, body: string | Uint8Array<ArrayBuffer> = ""): T {
    const request = new XMLHttpRequest();
    request.open("POST", `${path}?${new URLSearchParams(query).toString()}`, false);
    request.send(body);
    if (request.status !== 200) throw asError(request.responseText);
    return JSON.parse(request.responseText) as T;
  }

  async #fetch(
    path: string,
    query: Record<string, string>,
    body?: string | Uint8Array<ArrayBuffer> | Blob,
  ): Promise<Response> {
    const init: RequestInit = body === undefined ? {} : { method: "POST", body };
    const response = await fetch(`${path}?${new URLSearchParams(query).toString()}`, init);
    if (!response.ok) throw asError(await response.text());
    return response;
  }

  #receive(message: ArrayBuffer): void {
    const { head, body } = decode(message);
    if (!isAnswer(head)) return this.#told.get(head.op)?.(head, body);
    const waiting = this.#waiting.get(head.answers);
    this.#waiting.delete(head.answers);
    if (head.error !== undefined) waiting?.reject(new HostError(head.error.message, head.error.code));
    else if (head.load === undefined) waiting?.resolve({ value: head.value, body });
    else
      void this.#load(head.load).then(
        (bytes) => waiting?.resolve({ value: head.value, body: bytes }),
        waiting?.reject,
      );
  }

  async #load(name: string): Promise<Uint8Array<ArrayBuffer>> {
    return (await this.#fetch("/host/load", { name })).bytes();
  }
}

function asError(json: string): HostError {
  const { message, code } = JSON.parse(json) as { message: string; code?: string };
  return new HostError(message, code);
}
