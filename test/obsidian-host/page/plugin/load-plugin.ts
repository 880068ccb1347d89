import type { PluginManifest } from "obsidian";
import type { Boot } from "../../boot";
import type { App } from "../obsidian/app";
import { Notice } from "../obsidian/notice";
import { Plugin } from "./plugin";
import { makeRequire } from "./require";

type Evaluate = (require: (name: string) => unknown, module: { exports: unknown }, exports: unknown) => void;
type PluginClass = new (app: App, manifest: PluginManifest) => Plugin;

/**
 * Evaluates the built main.js as CommonJS with its own `require`, makes its plugin and loads it. Answers null where
 * that fails, after showing it as Obsidian does.
 */
export async function loadPlugin(app: App, boot: Boot): Promise<Plugin | null> {
  const manifest = JSON.parse(boot.plugin.manifest) as PluginManifest;
  manifest.dir = boot.plugin.folder;
  document.head.createEl("style", { text: boot.plugin.styles, attr: { "data-plugin": manifest.id } });
  // The app's own modules are there before any plugin is.
  const require = makeRequire(app, app._connection, boot.mode, manifest.name);
  performance.mark("plugin-begins");
  try {
    const plugin = new (evaluate(boot, manifest, require))(app, manifest);
    if (!(plugin instanceof Plugin)) throw new Error("The default export is no Plugin");
    plugin._loaded = true;
    await plugin.onload();
    performance.measure("plugin-load", "plugin-begins");
    for (const child of [...plugin._children]) child.load();
    return plugin;
  } catch (error) {
    console.error(`Plugin failure: ${manifest.id}`, error);
    new Notice(`Failed to load plugin "${manifest.name}"`);
    return null;
  }
}

function evaluate(boot: Boot, manifest: PluginManifest, require: (name: string) => unknown): PluginClass {
  const module: { exports: unknown } = { exports: {} };
  const code = `(function (require, module, exports) {${boot.plugin.main}\n})\n//# sourceURL=plugin:${manifest.id}`;

  // The built bundle is text, and this is how Obsidian evaluates it.
  const run = window.eval(code) as Evaluate;
  run(require, module, module.exports);
  const exported = module.exports as { default?: unknown };
  const found = exported.default ?? module.exports;
  if (typeof found !== "function") throw new Error("main.js exports no plugin class");
  return found as PluginClass;
}
