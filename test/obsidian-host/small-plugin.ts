import fs from "node:fs";
import path from "node:path";

const manifest = {
  id: "small-plugin",
  name: "Small plugin",
  version: "1.0.0",
  minAppVersion: "1.13.0",
  description: "Shows what the host does.",
  author: "Tests",
};

/** A plugin as a bundler would write it: it notes what it sees, and tries what it is told to try. */
const main = `
const obsidian = require("obsidian");

class Tab extends obsidian.PluginSettingTab {
  getSettingDefinitions() {
    const validate = (value) => (value === "bad" ? "Not this one" : undefined);
    return [
      { name: "Word", control: { type: "text", key: "word", validate } },
      { name: "Switch", control: { type: "toggle", key: "switch", defaultValue: true } },
    ];
  }
}

class SideView extends obsidian.ItemView {
  getViewType() { return "small-view"; }
  getDisplayText() { return "Small view"; }
  async onOpen() { this.contentEl.createEl("p", { text: "A view of the plugin" }); }
}

module.exports = class extends obsidian.Plugin {
  async onload() {
    window.seen = { beforeReady: [], events: [], resolved: 0, ready: false, enabled: 0, external: 0 };
    const { seen } = window;
    this.settings = Object.assign({ word: "" }, await this.loadData());
    this.addSettingTab(new Tab(this.app, this));
    this.registerView("small-view", (leaf) => new SideView(leaf));
    this.addStatusBarItem().setText("3 of 4");
    this.addCommand({ id: "say", name: "Say something", callback: () => new obsidian.Notice("Something") });
    this.registerMarkdownPostProcessor((el, ctx) => {
      for (const embed of el.querySelectorAll(".internal-embed")) embed.setAttr("data-seen-in", ctx.sourcePath);
    });
    this.registerCliHandler("small-plugin:count", "Counts", null, () => String(this.app.vault.getFiles().length));
    this.registerEvent(this.app.metadataCache.on("resolved", () => seen.resolved++));
    for (const event of ["create", "modify", "delete", "rename"]) {
      this.registerEvent(this.app.vault.on(event, (file) => {
        if (this.app.workspace.layoutReady) seen.events.push(event + " " + file.path);
        else seen.beforeReady.push(file.path);
      }));
    }
    this.app.workspace.onLayoutReady(() => (seen.ready = true));
    Object.assign(window, { obsidian, pluginRequire: require, plugin: this });
  }
  onUserEnable() { window.seen.enabled++; }
  onExternalSettingsChange() { window.seen.external++; }
};
`;

/** Writes the plugin's three files into a folder. */
export function writeSmallPlugin(folder: string): void {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "manifest.json"), JSON.stringify(manifest));
  fs.writeFileSync(path.join(folder, "main.js"), main);
  fs.writeFileSync(path.join(folder, "styles.css"), ".small-plugin { color: red; }");
}
