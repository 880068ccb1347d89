import { Component, getLinkpath, MarkdownRenderChild, MarkdownView, type Plugin, type TFile } from "obsidian";
import { decoded, imageKind, type VaultPath } from "../../model";
import type { Surroundings } from "../surroundings";
import { embeddedImage } from "./embedded-image";
import { addImageMark } from "./image-mark";

/**
 * Marks images wherever Obsidian renders Markdown: reading view, callouts and tables, embedded notes, hover previews,
 * text on canvases. What an embed itself becomes is not ours to touch, so the mark stands beside it, in a holder that
 * takes no width, so that no text is moved.
 */
export function addReadingMarks(plugin: Plugin, around: () => Surroundings): void {
  let isOver = false;
  plugin.register(() => (isOver = true));
  plugin.registerMarkdownPostProcessor((el, context) => {
    for (const embed of el.findAll(".internal-embed[src]")) {
      const src = embed.getAttr("src") ?? "";
      if (imageKind(getLinkpath(src)) === undefined) continue;
      const find = (link: string): TFile | undefined => embeddedImage(link, context.sourcePath, plugin.app);
      const holder = (embed.parentElement ?? el).createSpan("vib-image-mark-holder");
      embed.after(holder);
      const text = new MarkdownRenderChild(holder);
      // One that is given to a renderer which has ended never comes, and goes with its text.
      text.onload = () => {
        // A renderer may begin only when the plugin has gone.
        if (isOver) return holder.remove();
        const mark = plugin.addChild(new Component());
        mark.register(() => holder.remove());
        text.register(() => plugin.removeChild(mark));
        // Markdown's own links write a space as %20, which a name may hold itself.
        const path = (): VaultPath => (find(src) ?? find(decoded(src)))?.path ?? "";
        addImageMark(holder, path, mark, around()).tabIndex = 0;
      };
      context.addChild(text);
    }
  });
  const { workspace } = plugin.app;
  // Switched on by hand: what is open was rendered before, also where the editor lies over it now.
  if (!workspace.layoutReady) return;
  for (const { view } of workspace.getLeavesOfType("markdown"))
    if (view instanceof MarkdownView) view.previewMode.rerender(true);
}
