import type * as obsidian from "obsidian";
import type crypto from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

const dataFile = ".obsidian/plugins/small-plugin/data.json";

/** A vault of its own, the host on it and a page of that. */
class Stage {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "obsidian-host-"));
  host!: Host;
  page!: HostPage;

  async start(options: Partial<HostOptions> = {}): Promise<void> {
    this.write("Note.md", "# A note\n\n![[picture.png]] and ![](images/two%20words.png)\n");
    this.write("picture.png", pixel);
    this.write("images/two words.png", pixel);
    this.write(".hidden/secret.png", pixel);
    const plugin = path.join(this.folder, "plugin");
    writeSmallPlugin(plugin);
    const vault = path.join(this.folder, "vault");
    this.host = await startHost({ vault, plugin, google: "http://127.0.0.1:9", ...options });
    this.page = await openHost(this.host);
  }

  async end(): Promise<void> {
    await this.page.close();
    await this.host.close();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  path(file: string): string {
    return path.join(this.folder, "vault", file);
  }

  write(file: string, content: string | Uint8Array): void {
    fs.mkdirSync(path.dirname(this.path(file)), { recursive: true });
    fs.writeFileSync(this.path(file), content);
  }

  read(file: string): string {
    return fs.readFileSync(this.path(file), "utf8");
  }

  /** Runs in the page, with what the plugin left there. */
  run<T>(work: (w: PluginWindow) => T | Promise<T>): Promise<T> {
    return this.page.page.evaluate<T>(`(async () => (${work.toString()})(window))()`);
  }

  until(condition: (w: PluginWindow) => boolean): Promise<unknown> {
    return this.page.page.waitForFunction(`(${condition.toString()})(window)`);
  }
}

describe("the host on desktop", () => {
  const stage = new Stage();
  const asked: string[] = [];
  const google = http.createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += String(chunk)));
    request.on("end", () => {
      asked.push(`${request.method ?? ""} ${request.url ?? ""} ${body}`);
      response.writeHead(request.url === "/missing" ? 404 : 200, { "content-type": "application/json" });
      response.end('{"ok":true}');
    });
  });

  beforeAll(async () => {
    await new Promise<void>((resolve) => google.listen(0, "127.0.0.1", resolve));
    const { port } = google.address() as AddressInfo;
    await stage.start({ google: `http://127.0.0.1:${port}`, device: path.join(stage.folder, "device") });
  });

  afterAll(async () => {
    await stage.end();
    await new Promise((resolve) => google.close(() => resolve(null)));
  });

  it("fires create for each file before the layout is ready, and for none that is hidden", async () => {
    const seen = await stage.run((w) => w.seen);
    expect(seen.ready).toBe(true);
    expect(seen.events).toEqual([]);
    expect(seen.beforeReady.sort()).toEqual(["Note.md", "images", "images/two words.png", "picture.png"]);
  });

  it("resolves links, then says so", async () => {
    await stage.until((w) => w.seen.resolved > 0);
    const links = await stage.run((w) => w.app.metadataCache.resolvedLinks);
    expect(links).toEqual({ "Note.md": { "picture.png": 1, "images/two words.png": 1 } });
  });

  it("tells the truth in stat and refuses to create over what exists", async () => {
    const { stat, error } = await stage.run(async (w) => {
      const refusal = w.app.vault.create("Note.md", "over").then(String, String);
      return { stat: w.app.vault.getFileByPath("picture.png")?.stat, error: await refusal };
    });
    const { size, mtimeMs } = fs.statSync(stage.path("picture.png"));
    expect(stat).toMatchObject({ size, mtime: Math.round(mtimeMs) });
    expect(error).toBe("Error: File already exists.");
    expect(stage.read("Note.md")).toContain("A note");
  });

  it("notices what others change on disk, and tells its own writes once", async () => {
    stage.write("other/new.png", pixel);
    await stage.until((w) => w.seen.events.includes("create other/new.png"));
    stage.write("other/new.png", Buffer.concat([pixel, pixel]));
    await stage.until((w) => w.seen.events.includes("modify other/new.png"));
    await stage.run((w) => w.app.vault.create("Own.md", "own"));
    fs.rmSync(stage.path("other"), { recursive: true });
    await stage.until((w) => w.seen.events.includes("delete other/new.png"));
    const events = await stage.run((w) => w.seen.events);
    expect(events.filter((event) => event.endsWith("Own.md"))).toEqual(["create Own.md"]);
  });

  it("moves a file with the links that lead to it", async () => {
    stage.write("Links.md", "[[target]] ![[target.png|100]] ![x](target.png)\n");
    stage.write("target.png", pixel);
    await stage.until((w) => w.app.metadataCache.resolvedLinks["Links.md"]?.["target.png"] === 2);
    await stage.run(async (w) => {
      const file = w.app.vault.getFileByPath("target.png");
      if (file !== null) await w.app.fileManager.renameFile(file, "moved.png");
    });
    expect(stage.read("Links.md")).toBe("[[target]] ![[moved.png|100]] ![[moved.png|x]]\n");
  });

  it("keeps a declared text in data.json, and refuses at the field what is not valid", async () => {
    await stage.page.openSettings();
    const field = stage.page.page.getByRole("textbox", { name: "Word" });
    await field.fill("hello");
    const stored = (): unknown => {
      const data: unknown = fs.existsSync(stage.path(dataFile)) ? JSON.parse(stage.read(dataFile)) : null;
      return data;
    };
    await expect.poll(stored).toEqual({ word: "hello" });
    await field.fill("bad");
    await stage.page.page.getByText("Not this one").waitFor();
    expect(stored()).toEqual({ word: "hello" });
    await stage.page.closeSettings();
  });

  it("tells the plugin that others changed its settings, but not that it did so itself", async () => {
    await stage.run((w) => w.plugin.saveData({ word: "own" }));
    stage.write(dataFile, '{"word":"foreign"}');
    await stage.until((w) => w.seen.external > 0);
    expect(await stage.run((w) => w.seen.external)).toBe(1);
  });

  it("keeps secrets out of the vault's files and the browser", async () => {
    const kept = await stage.run((w) => {
      w.app.secretStorage.setSecret("my-token", "s3cret");
      return [w.app.secretStorage.getSecret("my-token"), JSON.stringify(localStorage)];
    });
    expect(kept).toEqual(["s3cret", "{}"]);
    expect(stage.host.secrets.get("my-token")).toBe("s3cret");
    const refused = stage.run((w) => w.app.secretStorage.setSecret("Not Valid", "x"));
    await expect(refused).rejects.toThrow("Secret ID");
  });

  it("takes a pasted picture as Obsidian does: a file, and an embed that shows it", async () => {
    await stage.run((w) => w.app.vault.create("Pasted here.md", ""));
    await stage.page.openNote("Pasted here.md");
    await stage.page.paste(pixel, "image/png");
    await stage.page.page.locator(".cm-content .image-embed[src^='Pasted image'] img").waitFor();
    const name = /^!\[\[(Pasted image \d{14}\.png)\]\]$/.exec(await stage.page.editorText())?.[1] ?? "";
    expect(await stage.run((w) => w.seen.events.at(-1))).toBe(`create ${name}`);
    expect(fs.readFileSync(stage.path(name))).toEqual(pixel);
  });

  it("shows pictures in the editor and, past the plugin's post processor, in reading view", async () => {
    await stage.page.openNote("Note.md");
    const inEditor = stage.page.page.locator(".cm-content .image-embed.is-loaded img");
    await expect.poll(() => inEditor.count()).toBe(2);
    await stage.page.switchMode("preview");
    const inReading = stage.page.page.locator(".image-embed.is-loaded[data-seen-in='Note.md'] img");
    await expect.poll(() => inReading.count()).toBe(2);
    await stage.page.switchMode("source");
  });

  it("sends Google's hosts to the one server and refuses all others", async () => {
    const answers = await stage.run(async ({ obsidian: { requestUrl } }) => {
      const google = "https://photoslibrary.googleapis.com";
      const posted = await requestUrl({ url: `${google}/v1/x?a=b`, method: "POST", body: "hello" });
      const unthrown = await requestUrl({ url: `${google}/missing`, throw: false });
      const thrown = await requestUrl(`${google}/missing`).then(String, String);
      const outside = await requestUrl("https://example.com/").then(String, String);
      return [posted.text, String(unthrown.status), thrown, outside];
    });
    const failures = ["Error: Request failed, status 404", "Error: net::ERR_NAME_NOT_RESOLVED"];
    expect(answers).toEqual(['{"ok":true}', "404", ...failures]);
    expect(asked[0]).toBe("POST /v1/x?a=b hello");
    expect(stage.host.log.requests[0]).toMatchObject({ method: "POST", status: 200, sent: 5, received: 11 });
  });

  it("shows offline to the plugin when the host's network is cut", async () => {
    stage.host.setOffline(true);
    await stage.page.page.waitForFunction(() => !navigator.onLine);
    const failure = stage.run((w) =>
      w.obsidian.requestUrl("https://photos.google.com/").then(String, String),
    );
    expect(await failure).toBe("Error: net::ERR_INTERNET_DISCONNECTED");
    stage.host.setOffline(false);
    await stage.page.page.waitForFunction(() => navigator.onLine);
  });

  it("has a real listener behind require('http')", async () => {
    const port = await stage.run(async (w) => {
      const { createServer } = w.pluginRequire("http") as typeof http;
      const server = createServer((request, response) => response.end(`you asked ${request.url ?? ""}`));
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return (server.address() as AddressInfo).port;
    });
    const answer = await fetch(`http://127.0.0.1:${port}/callback?code=1`);
    expect(await answer.text()).toBe("you asked /callback?code=1");
    expect(stage.host.log.modules).toContain("http");
  });

  it("has slices of files and running hashes behind require('fs') and require('crypto')", async () => {
    const found = await stage.run(async (w) => {
      const adapter = w.app.vault.adapter as obsidian.FileSystemAdapter;
      const promises = w.pluginRequire("fs/promises") as typeof fs.promises;
      const handle = await promises.open(adapter.getFullPath("Note.md"), "r");
      const { buffer } = await handle.read(new Uint8Array(6), 0, 6, 2);
      await handle.close();
      const { createHash } = w.pluginRequire("crypto") as typeof crypto;
      return [new TextDecoder().decode(buffer), createHash("sha256").update("a").update("bc").digest("hex")];
    });
    expect(found[0]).toBe("A note");
    expect(found[1]).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    const slices = stage.host.log.reads.filter(({ how }) => how === "readSlice");
    expect(slices).toEqual([{ path: "Note.md", bytes: 6, by: "plugin", how: "readSlice" }]);
  });

  it("shows the plugin's view, runs its command and its command line", async () => {
    await stage.page.openView("small-view");
    await stage.page.page.getByText("A view of the plugin").waitFor();
    await stage.page.runCommand("Say something");
    expect(await stage.page.notices()).toContain("Something");
    expect(await stage.page.cli("small-plugin:count")).toMatch(/^\d+$/);
    expect(await stage.page.statusBar()).toEqual(["3 of 4"]);
  });

  it("moves a note into a window of its own, where its editor goes on", async () => {
    await stage.page.openNote("Note.md");
    const [popup] = await Promise.all([
      stage.page.context.waitForEvent("page"),
      stage.run((w) => {
        const leaf = w.app.workspace.getMostRecentLeaf();
        if (leaf !== null) w.app.workspace.moveLeafToPopout(leaf);
      }),
    ]);
    await popup.locator(".cm-content .image-embed img").first().waitFor();
    const opened = await stage.run((w) => {
      const view = w.app.workspace.getActiveViewOfType(w.obsidian.MarkdownView);
      return [view?.file?.path, view?.containerEl.win !== window, view?.containerEl.instanceOf(HTMLElement)];
    });
    expect(opened).toEqual(["Note.md", true, true]);
    await popup.close();
    await stage.until((w) => w.app.workspace.getLeavesOfType("markdown").length === 0);
  });
});

describe("the host without a built plugin", () => {
  it("says what is missing, before a page waits for it", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "obsidian-host-"));
    try {
      const host = startHost({ vault: folder, plugin: folder, google: "http://127.0.0.1:9" });
      await expect(host).rejects.toThrow("npm run build");
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe("the host from run to run", () => {
  const stage = new Stage();
  beforeAll(() => stage.start());
  afterAll(() => stage.end());

  it("keeps IndexedDB over a kill, the layout with views deferred, and greets once", async () => {
    const store = (): Promise<number> =>
      new Promise((resolve, reject) => {
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
    expect(await stage.run((w) => w.seen.enabled)).toBe(1);
    expect(await stage.run(store)).toBe(1);
    await stage.page.openView("small-view");
    await stage.run((w) => w.app.workspace.rightSplit.collapse());
    await stage.page.openNote("Note.md");
    const device = path.join(stage.host.device, "device.json");
    await expect.poll(() => fs.readFileSync(device, "utf8")).toMatch(/Note\.md.*\\"right\\":false/);
    await stage.page.kill();

    stage.page = await openHost(stage.host);
    expect(await stage.run((w) => w.seen.enabled)).toBe(0);
    expect(await stage.run(store)).toBe(2);
    const restored = await stage.run((w) => ({
      note: w.app.workspace.getActiveFile()?.path,
      deferred: w.app.workspace.getLeavesOfType("small-view").map((leaf) => leaf.isDeferred),
    }));
    expect(restored).toEqual({ note: "Note.md", deferred: [true] });
  });
});

describe("the host on a phone", () => {
  const stage = new Stage();
  beforeAll(() => stage.start({ mode: "phone" }));
  afterAll(() => stage.end());

  it("has neither Node nor a status bar, and says so", async () => {
    const phone = await stage.run((w) => ({
      node: w.pluginRequire("fs"),
      isMobile: w.obsidian.Platform.isMobileApp,
      isDesktop: w.obsidian.Platform.isDesktopApp,
      hasBasePath: "getBasePath" in w.app.vault.adapter,
    }));
    expect(phone).toEqual({ node: null, isMobile: true, isDesktop: false, hasBasePath: false });
    const notice = 'Plugin "Small plugin" attempted to load NodeJS package: "fs"';
    expect(await stage.page.notices()).toEqual([notice]);
    expect(await stage.page.page.locator(".status-bar").count()).toBe(0);
  });

  it("shows the plugin's view in a drawer", async () => {
    await stage.page.openView("small-view");
    await stage.page.page.locator(".workspace-drawer.is-open").getByText("A view of the plugin").waitFor();
  });
});
