import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import type { Boot } from "../boot";
import { redirectToGoogleServer } from "../google-hosts";
import { DeviceStorage } from "./device-storage";
import { Loads } from "./loads";
import { HostLog } from "./log";
import { Network } from "./network";
import { pageBundle } from "./page-bundle";
import { PageSession } from "./page-session";
import { Routes } from "./routes";
import { VaultDisk } from "./vault-disk";
import { VaultWatch } from "./vault-watch";
import { WebSocketConnection } from "./web-socket";

export type ExternalOpener = (url: string) => void | Promise<void>;

export interface HostOptions {
  /** the vault's folder on disk */
  vault: string;
  /** folder with the built `main.js`, `manifest.json` and `styles.css` */
  plugin: string;
  /** origin that answers for all of Google's hosts; any other address is refused */
  google: string;
  /** default `desktop` */
  mode?: "desktop" | "phone";
  /** folder for what a device keeps from run to run; default `.obsidian/host` in the vault */
  device?: string;
  /** default 0, a free one */
  port?: number;
  /** what the system browser does with a URL; without it the page opens a window of its own */
  openExternal?: ExternalOpener;
  network?: { offline?: boolean };
}

/** The name under which the scripted browser reaches the page: the same in every run, as IndexedDB needs it. */
export const stableHostname = "obsidian-host.localhost";

export interface Host {
  /** for any browser on this machine */
  readonly url: string;
  readonly port: number;
  readonly mode: "desktop" | "phone";
  readonly google: string;
  /** folder of what a device keeps; the scripted browser's profile is in it */
  readonly device: string;
  readonly log: HostLog;
  readonly secrets: { get(id: string): string | null; set(id: string, value: string): void };
  /** Cuts or restores the network for `requestUrl`; `navigator.onLine` and its events follow in the page. */
  setOffline(offline: boolean): void;
  /** Changes what the system browser does with URLs from now on. */
  setOpenExternal(opener: ExternalOpener | undefined): void;
  close(): Promise<void>;
}

interface Manifest {
  id: string;
}

/**
 * Starts the server behind the page. It listens on this machine only.
 *
 * @throws Error where the plugin is not built: a page would only wait for it
 */
export async function startHost(options: HostOptions): Promise<Host> {
  const log = new HostLog();
  const loads = new Loads();
  const disk = new VaultDisk(options.vault);
  const device = new DeviceStorage(options.device ?? path.join(disk.root, ".obsidian", "host"));
  const network = new Network(options.google, log);
  network.offline = options.network?.offline ?? false;
  let opener = options.openExternal;

  const readPlugin = (name: string): string => fs.readFileSync(path.join(options.plugin, name), "utf8");
  if (!fs.existsSync(path.join(options.plugin, "main.js")))
    throw new Error(`There is no main.js in ${options.plugin}: npm run build makes it.`);
  const pluginId = (): string => (JSON.parse(readPlugin("manifest.json")) as Manifest).id;
  const pluginFolder = `.obsidian/plugins/${pluginId()}`;
  fs.mkdirSync(disk.absolute(pluginFolder), { recursive: true });

  const boot = (): Boot => ({
    mode: options.mode ?? "desktop",
    vaultName: path.basename(disk.root),
    basePath: disk.root,
    plugin: {
      manifest: readPlugin("manifest.json"),
      main: readPlugin("main.js"),
      styles: fs.existsSync(path.join(options.plugin, "styles.css")) ? readPlugin("styles.css") : "",
      folder: pluginFolder,
      enabledBefore: device.hasEnabled(pluginId()) || disk.stat(`${pluginFolder}/data.json`) !== null,
    },
    google: options.google,
    opensExternal: opener !== undefined,
    offline: network.offline,
    localStorage: device.localStorage.entries(),
    secrets: device.secrets.entries(),
    layout: device.layout,
  });

  const sessions = new Set<PageSession>();
  const openExternal = async (url: string): Promise<void> => {
    log.add("external", url);
    await opener?.(redirectToGoogleServer(url, options.google)?.href ?? url);
  };
  const routes = new Routes({ disk, loads, log, device, boot });
  const server = http.createServer((request, response) => {
    if (isOwnPage(request)) void routes.answer(request, response);
    else response.writeHead(403).end();
  });
  server.on("upgrade", (request, socket, head) => {
    if (!isOwnPage(request)) return void socket.destroy();
    const connection = new WebSocketConnection(request, socket, head);
    const parts = { disk, loads, log, network, device, pluginId, openExternal };
    const session = new PageSession(connection, parts, () => sessions.delete(session));
    sessions.add(session);
  });
  const watch = new VaultWatch(disk, [pluginFolder], (paths) => {
    for (const session of sessions) session.tell({ op: "changed", paths });
  });

  await pageBundle();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}/`,
    port,
    mode: options.mode ?? "desktop",
    google: options.google,
    device: device.folder,
    log,
    secrets: device.secrets,
    setOffline(offline) {
      network.offline = offline;
      for (const session of sessions) session.tell({ op: "offline", offline });
    },
    setOpenExternal(next) {
      opener = next;
      for (const session of sessions) session.tell({ op: "opensExternal", value: next !== undefined });
    },
    async close() {
      watch.close();
      for (const session of sessions) session.socket.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/**
 * Whether a request comes from the page itself: other sites in the same browser must not reach the vault's files,
 * neither by a foreign name for this machine nor by a cross-site request.
 */
function isOwnPage(request: http.IncomingMessage): boolean {
  const host = request.headers.host ?? "";
  const hostname = host.replace(/:\d+$/, "");
  if (!["127.0.0.1", "localhost", stableHostname].includes(hostname)) return false;
  const { origin } = request.headers;
  return origin === undefined || origin === `http://${host}`;
}
