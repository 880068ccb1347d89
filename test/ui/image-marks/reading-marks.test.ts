import type { MarkdownPostProcessor, Plugin } from "obsidian";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { addReadingMarks } from "../../../src/ui/image-marks/reading-marks";
import { Component } from "../../obsidian-host/page/obsidian/component";

const { addImageMark } = vi.hoisted(() => ({ addImageMark: vi.fn() }));
vi.mock("../../../src/ui/image-marks/image-mark", () => ({ addImageMark }));
vi.mock("obsidian", async () => {
  const { Component: Base } = await import("../../obsidian-host/page/obsidian/component");
  class MarkdownRenderChild extends Base {
    constructor(readonly containerEl: HTMLElement) {
      super();
    }
  }
  const { getLinkpath } = await import("../../obsidian-host/page/obsidian/paths");
  return { Component: Base, MarkdownRenderChild, MarkdownView: class {}, getLinkpath };
});

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

class PlayedHolder {
  isThere = true;
  remove(): void {
    this.isThere = false;
  }
}

/** A plugin that marks what is rendered, as far as marks need one. */
class PlayedPlugin extends Component {
  #process: MarkdownPostProcessor | undefined;
  readonly app = {
    metadataCache: { getFirstLinkpathDest: (path: string) => (path.includes("%") ? null : { path }) },
    workspace: { layoutReady: false },
  };

  registerMarkdownPostProcessor(process: MarkdownPostProcessor): void {
    this.#process = process;
  }

  /** Renders an image; answers what holds its mark. */
  render(renderer: Component, src = "x.png"): PlayedHolder {
    const holder = new PlayedHolder();
    const embed = { getAttr: () => src, parentElement: { createSpan: () => holder }, after: () => {} };
    const el = { findAll: () => [embed] };
    const context = {
      sourcePath: "Note.md",
      addChild: (child: Component) => renderer.addChild(child as never),
    };
    void this.#process?.(el as never, context as never);
    return holder;
  }
}

let plugin: PlayedPlugin;
let renderer: Component;

beforeEach(() => {
  addImageMark.mockReset().mockImplementation(() => ({}));
  plugin = new PlayedPlugin();
  plugin.load();
  addReadingMarks(plugin as unknown as Plugin, () => ({}) as never);
  renderer = new Component();
  renderer.load();
});

describe("a mark in rendered text", () => {
  it("goes with its text where the text has gone before it came", async () => {
    const holders = Array.from({ length: 100 }, () => {
      const gone = new Component();
      gone.load();
      gone.unload();
      return new WeakRef(plugin.render(gone));
    });
    await new Promise((resolve) => setTimeout(resolve));
    collectGarbage();
    const kept = holders.filter((holder) => holder.deref() !== undefined);
    expect(kept.length, "how many of a hundred are held on to").toBe(0);
  });

  it("is there as long as its text", () => {
    const holder = plugin.render(renderer);
    expect([holder.isThere, addImageMark.mock.calls.length]).toEqual([true, 1]);
    renderer.unload();
    expect(holder.isThere).toBe(false);
  });

  it("is that of an image whose address is left as Markdown writes it", () => {
    plugin.render(renderer, "my%20x.png");
    expect(addImageMark.mock.calls.map(([, find]) => (find as () => string)())).toEqual(["my x.png"]);
  });

  it("goes with the plugin", () => {
    const holder = plugin.render(renderer);
    plugin.unload();
    expect(holder.isThere).toBe(false);
  });

  it("never comes where its text comes after the plugin has gone", () => {
    const late = new Component();
    const holder = plugin.render(late);
    plugin.unload();
    late.load();
    expect([holder.isThere, addImageMark.mock.calls.length]).toEqual([false, 0]);
  });
});
