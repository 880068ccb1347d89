import { getLinkpath } from "obsidian";

/** `![[target|alias]]` and `![alt](target "title")`, the target also in angle brackets; never across lines. */
const EMBED = /!\[\[([^\]\n]+)\]\]|!\[[^\]\n]*\]\((?:<([^>\n]+)>|([^\s)]+))[^)\n]*\)/g;

/** The vault paths that the embeds of a note name, as they are typed; addresses on the web are left out. */
export function linksInText(text: string): readonly string[] {
  const links: string[] = [];
  for (const [, wiki, bracketed, plain] of text.matchAll(EMBED)) {
    const target = wiki?.split("|")[0] ?? decoded(bracketed ?? plain ?? "");
    if (!/^[a-z][a-z0-9+.-]*:/i.test(target)) links.push(getLinkpath(target.trim()));
  }
  return links;
}

function decoded(target: string): string {
  try {
    return decodeURI(target);
  } catch {
    return target; // a stray per cent sign is part of the name
  }
}
