import type { Boot } from "../boot";
import { buildMobileBar } from "./chrome/mobile-bar";
import { buildRibbon } from "./chrome/ribbon";
import { Connection } from "./connection";
import { tellConsole } from "./console";
import { extendElementEvents } from "./dom/element-events";
import { extendElements } from "./dom/elements";
import { extendGlobals } from "./dom/globals";
import { Driver } from "./driver";
import { emulateNetwork } from "./network-state";
import { defineProcess } from "./node/process";
import { App } from "./obsidian/app";
import { Notice, onNotice } from "./obsidian/notice";
import { Platform, setLanguage, setPlatform } from "./obsidian/platform";
import { useConnectionForRequests } from "./obsidian/request-url";
import { Tasks } from "./obsidian/tasks";
import { watchTooltips } from "./obsidian/tooltip";
import { pageWindow } from "./page-window";
import { loadPlugin } from "./plugin/load-plugin";
import type { Plugin } from "./plugin/plugin";
import { FileExplorerView } from "./views/file-explorer";
import { FollowingPane } from "./views/following-pane";
import { ImageView, imageViewExtensions } from "./views/image-view";
import { MarkdownView } from "./views/markdown-view";
import { restoreLayout, type Layout } from "./workspace/layout";

/** Starts the page in Obsidian's order: plugin, then the vault's files, then the layout. */
async function start(): Promise<void> {
  extendElements(window);
  extendElementEvents(window);
  extendGlobals();
  const connection = await Connection.open();
  const boot = await connection.boot();
  tellConsole(connection);
  setPlatform(boot.mode);
  prepareDocument(boot);
  emulateNetwork(connection, boot.offline);
  useConnectionForRequests(connection);
  onNotice((text) => connection.tell({ op: "notice", text }));
  if (boot.mode === "desktop") defineProcess();

  const el = document.body.createDiv("app-container").createDiv("horizontal-main-container");
  const app = new App(connection, boot, el);
  pageWindow.app = app;
  const driver = new Driver(app, boot);
  app.workspace._views.register("markdown", (leaf) => new MarkdownView(leaf));
  app.workspace._views.register("image", (leaf) => new ImageView(leaf));
  app.workspace._views.register("outline", (leaf) => new FollowingPane(leaf));
  app.workspace._views.register("file-explorer", (leaf) => new FileExplorerView(leaf));
  app.workspace._views.registerExtensions(["md"], "markdown");
  app.workspace._views.registerExtensions(imageViewExtensions, "image");
  buildRibbon(app);
  if (Platform.isMobile) buildMobileBar(app);
  watchTooltips(document);
  app.keymap._listen(document, () => app.workspace.activeLeaf?.view.scope ?? null);
  for (const type of ["click", "keydown", "touchstart"] as const) {
    window.addEventListener(type, (event) => (app.lastEvent = event), { capture: true });
  }
  app.workspace._leafIn(app.workspace._firstTabs());

  const plugin = await loadPlugin(app, boot);
  await app.vault._load();
  connection.on("changed", ({ paths }) => void reconcile(app, plugin, paths as string[]));
  void app.metadataCache._initialize();
  await layOut(app, boot);
  app.workspace._becomeReady();
  if (plugin !== null && !boot.plugin.enabledBefore) plugin.onUserEnable();
  connection.tell({ op: "enabled" });
  window.addEventListener("beforeunload", () => app.workspace.trigger("quit", new Tasks()));
  driver.started(plugin);
}

function prepareDocument(boot: Boot): void {
  const query = new URLSearchParams(location.search);
  const language = query.get("language") ?? "en";
  setLanguage(language);
  document.documentElement.lang = language;
  document.documentElement.dir = query.has("rtl") ? "rtl" : "ltr";
  document.title = `${boot.vaultName} - Obsidian host`;
  const platform =
    boot.mode === "phone"
      ? ["is-mobile", "is-phone", "is-android"]
      : ["mod-linux", "show-inline-title", "show-ribbon"];
  document.body.addClass(query.has("dark") ? "theme-dark" : "theme-light", "show-view-header", ...platform);
  if (query.has("rtl")) document.body.addClass("mod-rtl");
}

async function layOut(app: App, boot: Boot): Promise<void> {
  const files = app.workspace.getLeftLeaf(false);
  await files?.setViewState({ type: "file-explorer" });
  if (!Platform.isMobile) app.workspace.leftSplit.expand();
  if (boot.layout !== null) await restoreLayout(app.workspace, JSON.parse(boot.layout) as Layout);
  if (files !== null) files.parent._strip.select(files);
  const main = app.workspace.getMostRecentLeaf();
  if (main !== null) app.workspace.setActiveLeaf(main);
}

async function reconcile(app: App, plugin: Plugin | null, paths: string[]): Promise<void> {
  if (plugin !== null && paths.includes(plugin._dataPath)) await plugin._dataMayHaveChanged();
  await app.vault._reconcile(paths.filter((path) => !path.startsWith(".")));
}

start().catch((error: unknown) => {
  console.error("The host page could not start", error);
  new Notice(`The host page could not start: ${error instanceof Error ? error.message : String(error)}`, 0);
});
