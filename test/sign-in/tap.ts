import http from "node:http";
import type { AddressInfo } from "node:net";

/** Fields of token and revoke calls, and of their answers, that hold secrets. */
const SECRET_FIELDS = new Set([
  "refresh_token",
  "access_token",
  "id_token",
  "client_secret",
  "code",
  "code_verifier",
  "token",
]);

/** How a hostile server repeats what it was sent; `undefined`: it does not. */
export type Echo = (sent: string) => {
  readonly status: number;
  readonly type: string;
  readonly body: string;
};

/** A server between a device and Google: it learns every secret that passes, and may throw them back. */
export interface Tap {
  readonly origin: string;
  readonly secrets: ReadonlySet<string>;
  /** Answers with this whatever path it matches, until it is set anew. */
  echo: { readonly on: RegExp; readonly as: Echo } | undefined;
  /** How many requests were answered by an echo. */
  readonly echoed: number;
  close(): Promise<void>;
}

/** A connection that rests is not closed just as the next request is written to it. */
const KEEP_OPEN = { keepAliveTimeout: 60_000 };

/** @param google  where requests really go */
export async function startTap(google: string): Promise<Tap> {
  const secrets = new Set<string>();
  let echoed = 0;
  const learn = (text: string): void => {
    for (const [name, value] of new URLSearchParams(text)) if (SECRET_FIELDS.has(name)) secrets.add(value);
    try {
      const fields: unknown = JSON.parse(text);
      if (typeof fields !== "object" || fields === null) return;
      for (const [name, value] of Object.entries(fields)) {
        if (SECRET_FIELDS.has(name) && typeof value === "string") secrets.add(value);
      }
    } catch {
      // No JSON: a form, or a page.
    }
  };
  const server = http.createServer(KEEP_OPEN, (request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });
  const answer = async (request: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const path = request.url ?? "/";
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
    if (bearer !== undefined) secrets.add(bearer);
    const isForm = (request.headers["content-type"] ?? "").includes("form");
    if (isForm) learn(body.toString());
    if (tap.echo?.on.test(path) === true) {
      echoed += 1;
      const sent = `${path} ${request.headers.authorization ?? ""} ${isForm ? decodeURIComponent(body.toString()) : ""}`;
      const { status, type, body: back } = tap.echo.as(sent);
      response.writeHead(status, { "content-type": type, "x-echo": encodeURIComponent(sent) }).end(back);
      return;
    }
    const { host: _, connection: __, "transfer-encoding": ___, ...headers } = request.headers;
    const there = await fetch(new URL(path, google), {
      method: request.method ?? "GET",
      headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
      redirect: "manual",
      ...(body.length > 0 ? { body: Uint8Array.from(body) } : {}),
    });
    const back = Buffer.from(await there.arrayBuffer());
    if (path.endsWith("/token")) learn(back.toString());
    const {
      "content-encoding": ____,
      "transfer-encoding": _____,
      ...kept
    } = Object.fromEntries(there.headers);
    response.writeHead(there.status, { ...kept, "content-length": back.length }).end(back);
  };
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const tap: Tap = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secrets,
    echo: undefined,
    get echoed() {
      return echoed;
    },
    async close() {
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeAllConnections();
      await closed;
    },
  };
  return tap;
}
