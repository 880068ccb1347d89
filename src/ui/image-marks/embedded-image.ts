import { getLinkpath, type App, type TFile } from "obsidian";
import { imageKind } from "../../model";

/** The image that a link in a note leads to; `undefined` where it leads to none. */
export function embeddedImage(link: string, note: string, { metadataCache }: App): TFile | undefined {
  const file = metadataCache.getFirstLinkpathDest(getLinkpath(link), note);
  return file && imageKind(file.path) !== undefined ? file : undefined;
}
