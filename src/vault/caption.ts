import { nameOf } from "../model";

/** A width or a size, behind a bar or alone: `300`, `300x200`, `300 x 200`. */
const SIZE = /(?:^|\|)\s*\d+\s*(?:x\s*\d+\s*)?$/;

/**
 * What an embed says of its image; empty where it says nothing. Obsidian gives the link itself as the text of an embed
 * that has none.
 *
 * @param text  the embed's display text, a size in it included
 * @param link  what it links to
 */
export function captionIn(text: string, link: string): string {
  const caption = text.replace(SIZE, "").trim();
  return caption === link || caption === nameOf(link) ? "" : caption;
}
