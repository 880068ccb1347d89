import type { App } from "../obsidian/app";
import type { Connection } from "../connection";
import { cryptoModule } from "./crypto";
import { EventEmitter } from "./event-emitter";
import { fileSystemModule } from "./fs";
import { httpModule } from "./http";
import { pathModule } from "./path";

/** Names that are Node's or Electron's own, so that a phone answers null for them. */
export const nodeModuleNames = new Set(
  (
    "assert async_hooks buffer child_process cluster crypto dgram dns electron events fs fs/promises http http2 https " +
    "module net os path perf_hooks process querystring readline stream stream/web string_decoder timers tls tty url " +
    "util v8 vm worker_threads zlib"
  ).split(" "),
);

/** Small stand-ins for the built-in modules that a plugin may ask for, each over the host's own Node process. */
export function nodeModules(app: App, connection: Connection): Map<string, unknown> {
  const fs = fileSystemModule(connection);
  const shell = { openExternal: (url: string) => app._externalBrowser.open(url) };
  const os = { platform: () => "linux", hostname: () => "obsidian-host", EOL: "\n" };
  return new Map<string, unknown>([
    ["crypto", cryptoModule(connection)],
    ["electron", { shell, remote: { shell } }],
    ["events", Object.assign(EventEmitter, { EventEmitter })],
    ["fs", fs],
    ["fs/promises", fs.promises],
    ["http", httpModule(connection)],
    ["os", os],
    ["path", pathModule],
    ["url", { URL, URLSearchParams }],
  ]);
}
