import type * as obsidian from "obsidian";
import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openHost, startHost, type Host, type HostOptions, type HostPage } from "./index";
import { writeSmallPlugin } from "./small-plugin";

/** What the small plugin leaves on the window. */
interface PluginWindow {
  seen: {
    beforeReady: string[];
    events: string[];
    resolved: number;
    ready: boolean;
    enabled: number;
    external: number;
  };
  obsidian: typeof obsidian;
  pluginRequire: (name: string) => unknown;
  app: obsidian.App;
  plugin: obsidian.Plugin;
}

const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

let folder: string;
let vault: string;
let open: { close(): Promise<void> }[];

function write(file: string, content: string | Uint8Array): void {
  fs.mkdirSync(path.dirname(path.join(vault, file)), { recursive: true });
  fs.writeFileSync(path.join(vault, file), content);
}

const read = (file: string): string => fs.readFileSync(path.join(vault, file), "utf8");

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "obsidian-host-"));
  vault = path.join(folder, "vault");
  open = [];
  write("Note.md", "# A note\n\n![[picture.png]] and ![](images/two%20words.png)\n");
  write("picture.png", pixel);
  write("images/two words.png", pixel);
  write(".hidden/secret.png", pixel);
  writeSmallPlugin(path.join(folder, "plugin"));
});

afterEach(async () => {
  for (const each of open.reverse()) await each.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

async function start(options: Partial<HostOptions> = {}): Promise<{ host: Host; page: HostPage }> {
  const plugin = path.join(folder, "plugin");
  const host = await startHost({ vault, plugin, google: "http://127.0.0.1:9", ...options });
  open.push(host);
  const page = await openHost(host);
  open.push(page);
  return { host, page };
}

/** Runs in the page, with what the plugin left there. */
function inPage<T, A = null>(
  page: HostPage,
  work: (w: PluginWindow, argument: A) => T | Promise<T>,
  argument?: A,
): Promise<T> {
  const source = `(async () => (${work.toString()})(window, ${JSON.stringify(argument ?? null)}))()`;
  return page.page.evaluate(source) as Promise<T>;
}

function until(page: HostPage, condition: (w: PluginWindow) => boolean): Promise<unknown> {
  return page.page.waitForFunction(`(${condition.toString()})(window)`);
}

describe("the host starts a vault as Obsidian does", () => {
  it("fires create for each file before the layout is ready, and for none that is hidden", async () => {
    const { page } = await start();
    const seen = await inPage(page, (w) => w.seen);
    expect(seen.ready).toBe(true);
    expect(seen.events).toEqual([]);
    expect(seen.beforeReady.sort()).toEqual(["Note.md", "images", "images/two words.png", "picture.png"]);
  });

  it("greets the person who enabled the plugin once only", async () => {
    const { host, page } = await start();
    expect(await inPage(page, (w) => w.seen.enabled)).toBe(1);
    await page.close();
    const again = await openHost(host);
    open.push(again);
    expect(await inPage(again, (w) => w.seen.enabled)).toBe(0);
  });

  it("resolves links, then says so", async () => {
    const { page } = await start();
    await until(page, (w) => w.seen.resolved > 0);
    const links = await inPage(page, (w) => w.app.metadataCache.resolvedLinks);
    expect(links).toEqual({ "Note.md": { "picture.png": 1, "images/two words.png": 1 } });
  });
});

describe("the vault", () => {
  it("tells the truth in stat and refuses to create over what exists", async () => {
    const { page } = await start();
    const result = await inPage(page, async (w) => {
      const file = w.app.vault.getFileByPath("picture.png");
      const error = await w.app.vault.create("Note.md", "over").catch((e: Error) => e.message);
      return { stat: file?.stat, error };
    });
    const { size, mtimeMs } = fs.statSync(path.join(vault, "picture.png"));
    expect(result.stat).toMatchObject({ size, mtime: Math.round(mtimeMs) });
    expect(result.error).toBe("File already exists.");
    expect(read("Note.md")).toContain("A note");
  });

  it("notices what changes on disk from outside, and tells its own writes once", async () => {
    const { page } = await start();
    write("picture.png", Buffer.concat([pixel, pixel]));
    await until(page, (w) => w.seen.events.includes("modify picture.png"));
    write("new folder/new.png", pixel);
    await until(page, (w) => w.seen.events.includes("create new folder/new.png"));
    fs.rmSync(path.join(vault, "images/two words.png"));
    await until(page, (w) => w.seen.events.includes("delete images/two words.png"));
    await inPage(page, (w) => w.app.vault.create("Own.md", "own"));
    write("last.png", pixel);
    await until(page, (w) => w.seen.events.includes("create last.png"));
    const events = await inPage(page, (w) => w.seen.events);
    expect(events.filter((event) => event.endsWith("Own.md"))).toEqual(["create Own.md"]);
  });

  it("tells the plugin that its settings were changed by others, not by itself", async () => {
    const { page } = await start();
    await inPage(page, (w) => w.plugin.saveData({ word: "own" }));
    write(".obsidian/plugins/small-plugin/data.json", '{"word":"foreign"}');
    await until(page, (w) => w.seen.external > 0);
    expect(await inPage(page, (w) => w.seen.external)).toBe(1);
  });
});

describe("settings", () => {
  it("keep a declared text in data.json, and refuse what is not valid at the field", async () => {
    const { page } = await start();
    await page.openSettings();
    const field = page.page.getByRole("textbox", { name: "Word" });
    await field.fill("hello");
    const data = ".obsidian/plugins/small-plugin/data.json";
    await expect
      .poll(() => (fs.existsSync(path.join(vault, data)) ? JSON.parse(read(data)) : null))
      .toEqual({ word: "hello" });
    await field.fill("bad");
    await page.page.getByText("Not this one").waitFor();
    expect(JSON.parse(read(data))).toEqual({ word: "hello" });
  });

  it("keep secrets out of the vault's files and the browser", async () => {
    const { host, page } = await start({ device: path.join(folder, "device") });
    const kept = await inPage(page, (w) => {
      w.app.secretStorage.setSecret("my-token", "s3cret");
      return [w.app.secretStorage.getSecret("my-token"), JSON.stringify(localStorage)];
    });
    expect(kept).toEqual(["s3cret", "{}"]);
    expect(host.secrets.get("my-token")).toBe("s3cret");
    const refused = await inPage(page, (w) => {
      try {
        w.app.secretStorage.setSecret("Not Valid", "x");
        return false;
      } catch {
        return true;
      }
    });
    expect(refused).toBe(true);
  });
});

describe("a note", () => {
  it("takes a pasted picture as Obsidian does: a file, and an embed that shows it", async () => {
    const { page } = await start();
    await page.openNote("Note.md");
    await page.paste(pixel, "image/png");
    const embed = page.page.locator(".cm-content .internal-embed.image-embed[src^='Pasted image'] img");
    await embed.waitFor();
    expect(await page.editorText()).toMatch(/^!\[\[Pasted image \d{14}\.png\]\]/);
    const [created] = await inPage(page, (w) => w.seen.events.filter((event) => event.startsWith("create")));
    expect(created).toMatch(/^create Pasted image \d{14}\.png$/);
    expect(fs.readFileSync(path.join(vault, created?.slice("create ".length) ?? ""))).toEqual(pixel);
  });

  it("shows its pictures in the editor and, past the plugin's post processor, in reading view", async () => {
    const { page } = await start();
    await page.openNote("Note.md");
    await expect.poll(() => page.page.locator(".cm-content .image-embed.is-loaded img").count()).toBe(2);
    await page.switchMode("preview");
    const embeds = page.page.locator(
      ".markdown-preview-view .image-embed.is-loaded[data-seen-in='Note.md'] img",
    );
    await expect.poll(() => embeds.count()).toBe(2);
  });
});

describe("requestUrl", () => {
  it("sends Google's hosts to the one server and refuses all others", async () => {
    const asked: string[] = [];
    const google = http.createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => (body += String(chunk)));
      request.on("end", () => {
        asked.push(`${request.method} ${request.url} ${body}`);
        response.writeHead(request.url === "/missing" ? 404 : 200, { "content-type": "application/json" });
        response.end('{"ok":true}');
      });
    });
    await new Promise<void>((resolve) => google.listen(0, "127.0.0.1", resolve));
    open.push({ close: () => new Promise((resolve) => google.close(() => resolve())) });
    const { port } = google.address() as AddressInfo;
    const { host, page } = await start({ google: `http://127.0.0.1:${port}` });
    const answers = await inPage(page, async (w) => {
      const { requestUrl } = w.obsidian;
      const asError = (error: Error): string => error.message;
      return [
        (
          await requestUrl({
            url: "https://photoslibrary.googleapis.com/v1/x?a=b",
            method: "POST",
            body: "hello",
          })
        ).json,
        await requestUrl("https://photoslibrary.googleapis.com/missing").catch(asError),
        (await requestUrl({ url: "https://photoslibrary.googleapis.com/missing", throw: false })).status,
        await requestUrl("https://example.com/").catch(asError),
      ] as unknown[];
    });
    expect(answers).toEqual([{ ok: true }, "Request failed, status 404", 404, "net::ERR_NAME_NOT_RESOLVED"]);
    expect(asked[0]).toBe("POST /v1/x?a=b hello");
    expect(host.log.requests[0]).toMatchObject({ method: "POST", status: 200, sent: 5, received: 11 });
  });
});

describe("desktop and phone", () => {
  it("has real listeners and file slices behind require on desktop", async () => {
    const { host, page } = await start();
    const port = await inPage(page, async (w) => {
      const { createServer } = w.pluginRequire("http") as typeof http;
      const server = createServer((request, response) => response.end(`you asked ${request.url}`));
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return (server.address() as AddressInfo).port;
    });
    expect(await (await fetch(`http://127.0.0.1:${port}/callback?code=1`)).text()).toBe(
      "you asked /callback?code=1",
    );
    const slice = await inPage(page, async (w) => {
      const adapter = w.app.vault.adapter as obsidian.FileSystemAdapter;
      const promises = w.pluginRequire("fs/promises") as typeof fs.promises;
      const handle = await promises.open(adapter.getFullPath("Note.md"), "r");
      const { buffer } = await handle.read(new Uint8Array(6), 0, 6, 2);
      await handle.close();
      const { createHash } = w.pluginRequire("crypto") as {
        createHash: (name: string) => { update: (text: string) => { digest: (encoding: string) => string } };
      };
      return [new TextDecoder().decode(buffer), createHash("sha256").update("abc").digest("hex").slice(0, 8)];
    });
    expect(slice).toEqual(["A note", "ba7816bf"]);
    expect(host.log.modules).toContain("http");
  });

  it("has neither Node nor a status bar on a phone, and says so", async () => {
    const { page } = await start({ mode: "phone" });
    const phone = await inPage(page, (w) => ({
      node: w.pluginRequire("fs"),
      isMobile: w.obsidian.Platform.isMobileApp,
      isDesktop: w.obsidian.Platform.isDesktopApp,
      hasBasePath: "getBasePath" in w.app.vault.adapter,
    }));
    expect(phone).toEqual({ node: null, isMobile: true, isDesktop: false, hasBasePath: false });
    expect(await page.notices()).toEqual(['Plugin "Small plugin" attempted to load NodeJS package: "fs"']);
    expect(await page.page.locator(".status-bar").count()).toBe(0);
  });

  it("keeps a view of the plugin, a command and a command line", async () => {
    const { page } = await start();
    await page.openView("small-view");
    await page.page.getByText("A view of the plugin").waitFor();
    await page.runCommand("Say something");
    expect(await page.notices()).toEqual(["Something"]);
    expect(await page.cli("small-plugin:count")).toBe("3");
  });
});

describe("the browser", () => {
  it("keeps IndexedDB from run to run and dies at once when it is killed", async () => {
    const { host, page } = await start();
    const store = (w: PluginWindow): Promise<number> =>
      new Promise((resolve, reject) => {
        void w;
        const opening = indexedDB.open("kept", 1);
        opening.onupgradeneeded = () => opening.result.createObjectStore("rows", { autoIncrement: true });
        opening.onerror = () => reject(new Error("IndexedDB does not open"));
        opening.onsuccess = () => {
          const transaction = opening.result.transaction("rows", "readwrite", { durability: "strict" });
          transaction.objectStore("rows").add("row");
          const count = transaction.objectStore("rows").count();
          transaction.oncomplete = () => resolve(count.result);
        };
      });
    expect(await inPage(page, store)).toBe(1);
    await page.kill();
    const again = await openHost(host);
    open.push(again);
    expect(await inPage(again, store)).toBe(2);
  });

  it("shows offline to the plugin when the host's network is cut", async () => {
    const { host, page } = await start();
    await page.page.evaluate(() =>
      window.addEventListener("offline", () => (document.title = "offline heard")),
    );
    host.setOffline(true);
    await page.page.waitForFunction(() => document.title === "offline heard" && !navigator.onLine);
    const error = await inPage(page, (w) =>
      w.obsidian.requestUrl("https://photoslibrary.googleapis.com/v1/x").then(
        () => "",
        (e: Error) => e.message,
      ),
    );
    expect(error).toBe("net::ERR_INTERNET_DISCONNECTED");
  });
});
