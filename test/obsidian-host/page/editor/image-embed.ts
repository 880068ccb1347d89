import type { App } from "../obsidian/app";
import { getLinkpath } from "../obsidian/paths";
import type { TFile } from "../vault/files";

const imageExtensions = new Set(["avif", "bmp", "gif", "jpeg", "jpg", "png", "svg", "webp"]);

export const isImage = (file: TFile): boolean => imageExtensions.has(file.extension);

/** The file an embed shows, where it is one and can be shown. */
export function embeddedFile(app: App, link: string, sourcePath: string): TFile | null {
  return app.metadataCache.getFirstLinkpathDest(getLinkpath(link), sourcePath);
}

/** Fills an embed's element with the picture of its file, or says that there is none. */
export function showEmbed(
  app: App,
  el: HTMLElement,
  link: string,
  displayText: string,
  sourcePath: string,
): void {
  const file = embeddedFile(app, link, sourcePath);
  el.empty();
  el.removeClass("mod-empty-attachment");
  el.addClass("is-loaded");
  el.setAttrs({ src: link, alt: displayText === "" ? link : displayText });
  if (file === null) {
    el.removeClass("media-embed", "image-embed");
    el.addClass("mod-empty-attachment");
    el.createDiv({ cls: "file-embed-title", text: `"${getLinkpath(link)}" could not be found.` });
    return;
  }
  if (!isImage(file)) {
    el.addClass("file-embed", "mod-generic");
    el.createDiv({ cls: "file-embed-title", text: file.name });
    return;
  }
  el.addClass("media-embed", "image-embed");
  const [width, height] = displayText.match(/^\d+(x\d+)?$/) ? displayText.split("x") : [];
  el.createEl("img", {
    attr: {
      alt: displayText === "" ? file.name : displayText,
      src: app.vault.getResourcePath(file),
      width: width ?? null,
      height: height ?? null,
    },
  });
}
