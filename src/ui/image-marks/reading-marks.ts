import { Component, MarkdownRenderChild, MarkdownView, type Plugin } from "obsidian";
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
      const file = embeddedImage(embed.getAttr("src") ?? "", context.sourcePath, plugin.app);
      if (!file) continue;
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
        addImageMark(holder, file.path, mark, around());
      };
      context.addChild(text);
    }
  });
  const { workspace } = plugin.app;
  // Switched on by hand: what is open was rendered before.
  if (!workspace.layoutReady) return;
  for (const { view } of workspace.getLeavesOfType("markdown"))
    if (view instanceof MarkdownView && view.getMode() === "preview") view.previewMode.rerender(true);
}
