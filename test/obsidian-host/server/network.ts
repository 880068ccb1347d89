import http from "node:http";
import https from "node:https";
import { redirectToGoogleServer } from "../google-hosts";
import type { HostLog } from "./log";

export interface NetworkRequest {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: Uint8Array;
}

export interface NetworkResponse {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

const maxRedirects = 20;

/** A failure with the name that Chromium's network stack gives it, as `requestUrl` shows it on desktop. */
class NetworkError extends Error {
  constructor(readonly code: string) {
    super(`net::${code}`);
  }
}

/** The only way from the page to other servers: Google's hosts lead to one server of ours, all others nowhere. */
export class Network {
  offline = false;

  constructor(
    readonly google: string,
    readonly log: HostLog,
  ) {}

  /** @throws Error `net::ERR_…` where no answer came; any status is an answer */
  async request(request: NetworkRequest): Promise<NetworkResponse> {
    const at = Date.now();
    const record = { method: request.method, url: request.url, sent: request.body.length, at };
    try {
      const response = await this.#follow(request);
      const received = response.body.length;
      this.log.add("request", { ...record, status: response.status, received, took: Date.now() - at });
      return response;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.log.add("request", { ...record, error: message, received: 0, took: Date.now() - at });
      throw error;
    }
  }

  async #follow(request: NetworkRequest): Promise<NetworkResponse> {
    let next = request;
    for (let hop = 0; hop < maxRedirects; hop++) {
      const response = await this.#send(next);
      const location = response.headers["location"];
      if (location === undefined || ![301, 302, 303, 307, 308].includes(response.status)) return response;
      const keepsMethod = response.status === 307 || response.status === 308 || request.method === "HEAD";
      const url = new URL(location, next.url).href;
      next = keepsMethod
        ? { ...next, url }
        : { url, method: "GET", headers: next.headers, body: Buffer.alloc(0) };
    }
    throw new NetworkError("ERR_TOO_MANY_REDIRECTS");
  }

  async #send(request: NetworkRequest): Promise<NetworkResponse> {
    if (this.offline) throw new NetworkError("ERR_INTERNET_DISCONNECTED");
    const url = redirectToGoogleServer(request.url, this.google);
    if (url === null) throw new NetworkError("ERR_NAME_NOT_RESOLVED");
    return new Promise((resolve, reject) => {
      const client = url.protocol === "https:" ? https : http;
      const outgoing = client.request(url, {
        method: request.method,
        headers: { ...request.headers, "content-length": String(request.body.length) },
      });
      outgoing.on("error", (error: NodeJS.ErrnoException) => reject(asNetworkError(error)));
      outgoing.on("response", (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("error", (error: NodeJS.ErrnoException) => reject(asNetworkError(error)));
        incoming.on("aborted", () => reject(new NetworkError("ERR_CONTENT_LENGTH_MISMATCH")));
        incoming.on("end", () =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: flatten(incoming),
            body: Buffer.concat(chunks),
          }),
        );
      });
      outgoing.end(request.body);
    });
  }
}

function flatten(incoming: http.IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return headers;
}

function asNetworkError(error: NodeJS.ErrnoException): NetworkError {
  const names: Record<string, string> = {
    ECONNREFUSED: "ERR_CONNECTION_REFUSED",
    ECONNRESET: error.message.includes("hang up") ? "ERR_EMPTY_RESPONSE" : "ERR_CONNECTION_RESET",
    EPIPE: "ERR_CONNECTION_RESET",
    ENOTFOUND: "ERR_NAME_NOT_RESOLVED",
    ETIMEDOUT: "ERR_CONNECTION_TIMED_OUT",
  };
  return new NetworkError(names[error.code ?? ""] ?? "ERR_FAILED");
}
