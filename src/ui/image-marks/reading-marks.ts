import { getLinkpath, MarkdownRenderChild } from "obsidian";
import { imageKind, type VaultPath } from "../../model";
import type { Surroundings } from "../surroundings";
import { addImageMark } from "./image-mark";

/** The mark after one embed of rendered Markdown. Its holder takes no width, so that no text is moved. */
class ReadingMark extends MarkdownRenderChild {
  constructor(
    holder: HTMLElement,
    private readonly path: VaultPath,
    private readonly around: Surroundings,
  ) {
    super(holder);
  }

  override onload(): void {
    addImageMark(this.containerEl, this.path, this, this.around);
  }

  override onunload(): void {
    this.containerEl.remove();
  }
}

/**
 * Marks images wherever Obsidian renders Markdown: reading view, callouts and tables, embedded notes, hover previews,
 * text on canvases. What an embed itself becomes is not ours to touch, so the mark stands beside it.
 */
export function addReadingMarks(around: Surroundings): void {
  const { plugin, app } = around;
  const marks = new Set<ReadingMark>();
  plugin.registerMarkdownPostProcessor((el, context) => {
    for (const embed of el.findAll(".internal-embed[src]")) {
      const link = getLinkpath(embed.getAttr("src") ?? "");
      const file = app.metadataCache.getFirstLinkpathDest(link, context.sourcePath);
      if (file === null || imageKind(file.path) === undefined) continue;
      const holder = (embed.parentElement ?? el).createSpan({ cls: "vib-image-mark-holder" });
      embed.after(holder);
      const mark = new ReadingMark(holder, file.path, around);
      marks.add(mark);
      mark.register(() => marks.delete(mark));
      context.addChild(mark);
    }
  });
  plugin.register(() => {
    for (const mark of [...marks]) mark.unload();
  });
}
