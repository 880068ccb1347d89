import type { RequestUrlParam, RequestUrlResponse, RequestUrlResponsePromise } from "obsidian";
import type { Connection } from "../connection";

let connection: Connection | undefined;

export function useConnectionForRequests(open: Connection): void {
  connection = open;
}

class Response implements RequestUrlResponse {
  constructor(
    readonly status: number,
    readonly headers: Record<string, string>,
    readonly arrayBuffer: ArrayBuffer,
  ) {}

  get text(): string {
    return new TextDecoder().decode(this.arrayBuffer);
  }

  // Throws on an empty body, as in Obsidian.
  get json(): unknown {
    return JSON.parse(this.text) as unknown;
  }
}

async function send(param: RequestUrlParam): Promise<Response> {
  if (connection === undefined) throw new Error("requestUrl before the page was ready");
  const headers: Record<string, string> = { ...param.headers };
  if (Object.keys(headers).some((name) => name.toLowerCase() === "content-length")) {
    throw new Error("net::ERR_INVALID_ARGUMENT");
  }
  const { contentType, body } = param;
  if (contentType !== undefined) headers["Content-Type"] = contentType;
  const bytes =
    typeof body === "string" ? new TextEncoder().encode(body) : new Uint8Array(body ?? new ArrayBuffer(0));
  const hasType = Object.keys(headers).some((name) => name.toLowerCase() === "content-type");
  if (typeof body === "string" && !hasType) headers["Content-Type"] = "text/plain;charset=UTF-8";
  const answer = await connection.ask<{ status: number; headers: Record<string, string> }>(
    { op: "request", url: param.url, method: param.method ?? "GET", headers },
    bytes,
  );
  const { status } = answer.value;
  const response = new Response(status, answer.value.headers, answer.body.slice().buffer);
  if (status >= 400 && param.throw !== false) {
    throw Object.assign(new Error(`Request failed, status ${status}`), { status, headers: response.headers });
  }
  return response;
}

/** Sent by the host's server: Google's hosts lead to the server it was given, anything else fails. */
export function requestUrl(request: RequestUrlParam | string): RequestUrlResponsePromise {
  const promise = send(typeof request === "string" ? { url: request } : request);
  const later = <K extends "arrayBuffer" | "json" | "text">(key: K): { get(): Promise<Response[K]> } => ({
    get: () => promise.then((response) => response[key]),
  });
  return Object.defineProperties(promise, {
    arrayBuffer: later("arrayBuffer"),
    json: later("json"),
    text: later("text"),
  }) as unknown as RequestUrlResponsePromise;
}

export async function request(param: RequestUrlParam | string): Promise<string> {
  return (await requestUrl(param)).text;
}
