import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import type { Boot } from "../boot";
import type { DeviceStorage } from "./device-storage";
import { Hashes } from "./hashes";
import type { Loads } from "./loads";
import type { Actor, HostLog } from "./log";
import { pageBundle } from "./page-bundle";
import { asWireError } from "./page-session";
import type { DiskEntry, VaultDisk, WriteTimes } from "./vault-disk";

export interface RouteParts {
  disk: VaultDisk;
  loads: Loads;
  log: HostLog;
  device: DeviceStorage;
  boot: () => Boot;
}

interface Asked {
  query: URLSearchParams;
  body: Buffer;
}

/** Answers bytes as they are and anything else as JSON; a promise of either is awaited. */
type Route = (asked: Asked) => unknown;

// The styles are in the page itself, so that they can be copied into pop-out windows at once.
const html = (styles: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Obsidian host</title>
    <link rel="icon" href="data:," />
    <style>${styles}</style>
  </head>
  <body>
    <script src="/host/page.js"></script>
  </body>
</html>`;

const types: Record<string, string> = {
  avif: "image/avif",
  bmp: "image/bmp",
  gif: "image/gif",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  png: "image/png",
  svg: "image/svg+xml",
  webp: "image/webp",
};

/** Answers the page's plain requests: its own code, the vault's files, and what must be answered synchronously. */
export class Routes {
  readonly #hashes = new Hashes();
  readonly #routes: Record<string, Route>;

  constructor(readonly parts: RouteParts) {
    this.#routes = { ...this.#bulk(), ...this.#files(), ...this.#synchronous() };
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://host");
    try {
      if (url.pathname === "/")
        return send(response, 200, "text/html; charset=utf-8", html((await pageBundle()).styles));
      if (url.pathname === "/host/page.js") {
        return send(response, 200, "text/javascript; charset=utf-8", (await pageBundle()).script);
      }
      if (url.pathname.startsWith("/vault/")) {
        return await this.#resource(decodeURIComponent(url.pathname.slice("/vault/".length)), response);
      }
      const route = this.#routes[url.pathname];
      if (route === undefined) return send(response, 404, "text/plain", "not found");
      const value = await route({ query: url.searchParams, body: await bodyOf(request) });
      if (value instanceof Uint8Array) send(response, 200, "application/octet-stream", value);
      else send(response, 200, "application/json", JSON.stringify(value ?? null));
    } catch (error) {
      send(response, 500, "application/json", JSON.stringify(asWireError(error)));
    }
  }

  async #resource(file: string, response: ServerResponse): Promise<void> {
    if (this.parts.disk.stat(file)?.type !== "file") return send(response, 404, "text/plain", "not found");
    const data = await this.parts.disk.read(file);
    this.parts.log.add("read", { path: file, bytes: data.length, by: "resource", how: "getResourcePath" });
    const type = types[path.extname(file).slice(1).toLowerCase()] ?? "application/octet-stream";
    return send(response, 200, type, data);
  }

  #bulk(): Record<string, Route> {
    const { disk, loads } = this.parts;
    return {
      "/host/load": ({ query, body }) => {
        const name = query.get("name");
        return name === null ? loads.put(body) : loads.take(name);
      },
      "/host/boot": () => this.parts.boot(),
      "/host/list": ({ query }): DiskEntry[] => disk.listTree(query.get("path") ?? ""),
      "/host/stats": ({ body }) => strings(body).map((file) => disk.stat(file)),
      // Many notes in one answer: asking for each would take the link index many seconds.
      "/host/notes": ({ body }) =>
        Promise.all(
          strings(body).map((file) =>
            disk.read(file).then(
              (data) => data.toString("utf8"),
              () => null,
            ),
          ),
        ),
    };
  }

  #files(): Record<string, Route> {
    const { disk } = this.parts;
    return {
      "/host/fs/write": ({ query, body }) =>
        this.#write(query, body.length, disk.write(pathOf(query), body, times(query))),
      "/host/fs/append": ({ query, body }) =>
        this.#write(query, body.length, disk.append(pathOf(query), body, times(query))),
      "/host/fs/mkdir": ({ query }) => this.#write(query, 0, disk.makeFolder(pathOf(query))),
      "/host/fs/remove": ({ query }) => this.#write(query, 0, disk.remove(pathOf(query))),
      "/host/fs/rmdir": ({ query }) =>
        this.#write(query, 0, disk.removeFolder(pathOf(query), query.get("recursive") === "true")),
      "/host/fs/rename": ({ query }) =>
        this.#write(query, 0, disk.rename(pathOf(query), query.get("to") ?? "")),
      "/host/fs/copy": ({ query }) => this.#write(query, 0, disk.copy(pathOf(query), query.get("to") ?? "")),
    };
  }

  #synchronous(): Record<string, Route> {
    const { device } = this.parts;
    const number = (query: URLSearchParams): number => Number(query.get("id"));
    return {
      "/host/sync/secret": ({ query, body }) =>
        device.secrets.set(query.get("id") ?? "", body.toString("utf8")),
      "/host/sync/hash/create": ({ query }) => this.#hashes.create(query.get("algorithm") ?? ""),
      "/host/sync/hash/update": ({ query, body }) => this.#hashes.update(number(query), body),
      "/host/sync/hash/digest": ({ query }) => this.#hashes.digest(number(query)),
    };
  }

  /** Answers the stat after the change, so that the page's index needs no second question. */
  async #write(query: URLSearchParams, bytes: number, work: Promise<void>): Promise<DiskEntry | null> {
    await work;
    this.#record("write", query, bytes);
    return this.parts.disk.stat(query.get("to") ?? pathOf(query));
  }

  #record(kind: "read" | "write", query: URLSearchParams, bytes: number): void {
    const how = query.get("how") ?? kind;
    this.parts.log.add(kind, { path: pathOf(query), bytes, by: (query.get("by") ?? "host") as Actor, how });
  }
}

function pathOf(query: URLSearchParams): string {
  const given = query.get("path") ?? "";
  return given === "/" ? "" : given;
}

function times(query: URLSearchParams): WriteTimes {
  const mtime = query.get("mtime");
  return mtime === null ? {} : { mtime: Number(mtime) };
}

function strings(body: Buffer): string[] {
  return JSON.parse(body.toString("utf8")) as string[];
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  // A page that is killed while it sends leaves half a body: nothing of it is written.
  if (!request.complete) throw new Error("The request was cut off");
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, status: number, type: string, body: string | Uint8Array): void {
  response.writeHead(status, { "content-type": type, "cache-control": "no-store" });
  response.end(body);
}
