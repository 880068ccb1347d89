import http from "node:http";
import type { AddressInfo } from "node:net";

export interface IncomingRequest {
  listener: number;
  request: number;
  method: string;
  url: string;
  headers: http.IncomingHttpHeaders;
}

/** Real listeners on this machine behind the page's stand-in for Node's `http`. */
export class HttpListeners {
  readonly #servers = new Map<number, http.Server>();
  readonly #waiting = new Map<number, http.ServerResponse>();
  #nextRequest = 1;

  /** @param arrived  gets every request with its body; `respond` answers it */
  constructor(readonly arrived: (request: IncomingRequest, body: Buffer) => void) {}

  async listen(listener: number, port: number, hostname: string): Promise<AddressInfo> {
    const server = http.createServer((request, response) => this.#take(listener, request, response));
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, hostname, resolve);
    });
    this.#servers.set(listener, server);
    return server.address() as AddressInfo;
  }

  respond(
    request: number,
    status: number,
    headers: Record<string, string | string[]>,
    body: Uint8Array,
  ): void {
    const response = this.#waiting.get(request);
    this.#waiting.delete(request);
    if (response === undefined || response.destroyed) return;
    response.writeHead(status, headers);
    response.end(body);
  }

  /** Ends once no connection is left, as Node's does; `force` cuts those that are. */
  close(listener: number, force: boolean): Promise<void> {
    const server = this.#servers.get(listener);
    if (server === undefined) return Promise.resolve();
    if (force) server.closeAllConnections();
    this.#servers.delete(listener);
    return new Promise((resolve) => server.close(() => resolve()));
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#servers.keys()].map((listener) => this.close(listener, true)));
  }

  #take(listener: number, incoming: http.IncomingMessage, response: http.ServerResponse): void {
    const request = this.#nextRequest++;
    this.#waiting.set(request, response);
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const { method = "GET", url = "/", headers } = incoming;
      this.arrived({ listener, request, method, url, headers }, Buffer.concat(chunks));
    });
  }
}
