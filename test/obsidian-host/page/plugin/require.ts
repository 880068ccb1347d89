import * as commands from "@codemirror/commands";
import * as language from "@codemirror/language";
import * as state from "@codemirror/state";
import * as view from "@codemirror/view";
import type { Connection } from "../connection";
import { Notice } from "../obsidian/notice";
import type { NothingExtra } from "../obsidian/conformance";
import { obsidianModule } from "../obsidian/module";
import type { App } from "../obsidian/app";
import { nodeModules, nodeModuleNames } from "../node/modules";

type Require = (name: string) => unknown;

/** The `require` that a plugin is given: the app's own modules everywhere, Node's on desktop only. */
export function makeRequire(
  app: App,
  connection: Connection,
  mode: "desktop" | "phone",
  pluginName: string,
): Require {
  const shared = new Map<string, unknown>([
    ["obsidian", obsidianModule satisfies NothingExtra],
    ["@codemirror/commands", commands],
    ["@codemirror/language", language],
    ["@codemirror/state", state],
    ["@codemirror/view", view],
  ]);
  const node = mode === "desktop" ? nodeModules(app, connection) : new Map<string, unknown>();
  if (mode === "desktop") exposeNode(node, connection);
  return (asked) => {
    // A little later: what the plugin's start takes is measured, and the app itself tells nobody.
    window.setTimeout(() => connection.tell({ op: "module", name: asked }));
    const name = asked.replace(/^node:/, "");
    if (shared.has(asked)) return shared.get(asked);
    if (node.has(name)) return node.get(name);
    if (mode === "phone" && nodeModuleNames.has(name)) {
      new Notice(`Plugin "${pluginName}" attempted to load NodeJS package: "${asked}"`);
      return null;
    }
    throw new Error(`Cannot find module '${asked}'`);
  };
}

/** On desktop the window itself has Electron's `require`, which knows Node's modules and not the app's. */
function exposeNode(node: ReadonlyMap<string, unknown>, connection: Connection): void {
  const ask: Require = (asked) => {
    connection.tell({ op: "module", name: asked });
    const found = node.get(asked.replace(/^node:/, ""));
    if (found === undefined) throw new Error(`Cannot find module '${asked}'`);
    return found;
  };
  Object.assign(window, { require: ask });
}
