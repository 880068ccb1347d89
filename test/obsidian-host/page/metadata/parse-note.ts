import type { CachedMetadata, FrontmatterLinkCache, Loc, Pos, SectionCache } from "obsidian";
import { getFrontMatterInfo, parseYaml } from "../obsidian/yaml";
import { blankOut, findLinks } from "./markdown-scan";

/** Reads from a note's text what Obsidian keeps of it in its cache: links, embeds, headings, tags, frontmatter, sections. */
export function parseNote(text: string): CachedMetadata {
  const cache: CachedMetadata = {};
  const locate = locator(text);
  const pos = (start: number, end: number): Pos => ({ start: locate(start), end: locate(end) });
  const front = getFrontMatterInfo(text);
  const body = " ".repeat(front.contentStart) + blankOut(text.slice(front.contentStart));

  const frontEnd = front.exists ? text.indexOf("---", front.to) + 3 : 0;
  if (front.exists) readFrontmatter(cache, front.frontmatter, pos(0, frontEnd));
  const links = findLinks(body).map(({ embed, start, end, ...reference }) => ({
    embed,
    entry: { ...reference, original: text.slice(start, end), position: pos(start, end) },
  }));
  const embeds = links.filter((link) => link.embed).map((link) => link.entry);
  const plain = links.filter((link) => !link.embed).map((link) => link.entry);
  if (embeds.length > 0) cache.embeds = embeds;
  if (plain.length > 0) cache.links = plain;

  const headings = [...body.matchAll(/^(#{1,6})[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*$/gm)];
  if (headings.length > 0) {
    cache.headings = headings.map((match) => ({
      heading: match[2] ?? "",
      level: match[1]?.length ?? 1,
      position: pos(match.index, match.index + match[0].length),
    }));
  }
  const tags = [...body.matchAll(/(?<=^|\s)#(?=[^\s#]*[^\s\d#])[\p{L}\p{N}_/-]+/gmu)];
  if (tags.length > 0) {
    cache.tags = tags.map((match) => ({
      tag: match[0],
      position: pos(match.index, match.index + match[0].length),
    }));
  }
  const blocks = [...body.matchAll(/(?:^|\s)\^([a-zA-Z0-9-]+)[ \t]*$/gm)];
  if (blocks.length > 0) {
    cache.blocks = Object.fromEntries(
      blocks.map((match) => [
        match[1] ?? "",
        { id: match[1] ?? "", position: pos(match.index, match.index + match[0].length) },
      ]),
    );
  }
  const sections = findSections(text, front.contentStart, pos);
  if (front.exists) sections.unshift({ type: "yaml", position: pos(0, frontEnd) });
  if (sections.length > 0) cache.sections = sections;
  return cache;
}

function readFrontmatter(cache: CachedMetadata, yaml: string, position: Pos): void {
  let value: unknown;
  try {
    value = parseYaml(yaml);
  } catch {
    // Obsidian shows a note whose properties it cannot read; it only keeps none of them.
    return;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  cache.frontmatter = value;
  cache.frontmatterPosition = position;
  const links: FrontmatterLinkCache[] = [];
  const visit = (key: string, item: unknown): void => {
    if (typeof item === "string") {
      for (const { link, original, displayText } of findLinks(item))
        links.push({ key, link, original, displayText });
    } else if (typeof item === "object" && item !== null) {
      for (const [name, below] of Object.entries(item)) visit(`${key}.${name}`, below);
    }
  };
  for (const [key, item] of Object.entries(value)) visit(key, item);
  if (links.length > 0) cache.frontmatterLinks = links;
}

function findSections(text: string, from: number, pos: (start: number, end: number) => Pos): SectionCache[] {
  const sections: SectionCache[] = [];
  let at = from;
  let fence: string | null = null;
  const open: { type: string; start: number; end: number }[] = [];
  const close = (): void => {
    for (const { type, start, end } of open.splice(0)) sections.push({ type, position: pos(start, end) });
  };
  for (const line of text.slice(from).split("\n")) {
    const end = at + line.replace(/\r$/, "").length;
    const type: string = fence === null ? sectionType(line) : "code";
    const [current] = open;
    if (type === "blank") close();
    else if (current !== undefined && continues(current.type, type)) current.end = end;
    else {
      close();
      open.push({ type, start: at, end });
    }
    const marks = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (marks !== undefined) {
      if (fence === null) fence = marks;
      else if (marks.startsWith(fence)) {
        fence = null;
        close();
      }
    }
    at += line.length + 1;
  }
  close();
  return sections;
}

function continues(section: string, line: string): boolean {
  if (["heading", "thematicBreak"].includes(section)) return false;
  return line === section || line === "paragraph" || (section === "callout" && line === "blockquote");
}

function sectionType(line: string): string {
  if (line.trim() === "") return "blank";
  if (/^ {0,3}#{1,6}\s/.test(line)) return "heading";
  if (/^ {0,3}(`{3,}|~{3,})/.test(line)) return "code";
  if (/^ {0,3}([-*_])[ \t]*(\1[ \t]*){2,}$/.test(line)) return "thematicBreak";
  if (/^ {0,3}> ?\[!/.test(line)) return "callout";
  if (/^ {0,3}>/.test(line)) return "blockquote";
  if (/^\s*([-*+]|\d+[.)])\s/.test(line)) return "list";
  if (/^\s*\|.*\|\s*$/.test(line)) return "table";
  return "paragraph";
}

/** Answers line, column and offset of an offset; cheap for many of them. */
function locator(text: string): (offset: number) => Loc {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, col: offset - (starts[low] ?? 0), offset };
  };
}
