/** A link or embed as it stands in a note's text. */
export interface FoundLink {
  embed: boolean;
  link: string;
  displayText: string;
  original: string;
  start: number;
  end: number;
}

const hasScheme = /^[a-z][a-z0-9+.-]*:/i;

/**
 * Blanks out what is no running text (code, comments), keeping every offset. Headings, links and tags are looked for
 * in what is left.
 */
export function blankOut(text: string): string {
  const blank = (match: string): string => match.replace(/[^\n]/g, " ");
  return text
    .replace(/^( {0,3})(`{3,}|~{3,})[^\n]*\n[\s\S]*?(^ {0,3}\2[`~]*[ \t]*$|(?![\s\S]))/gm, blank)
    .replace(/(`+)(?!`)[^\n]*?[^`\n]\1(?!`)/g, blank)
    .replace(/%%[\s\S]*?%%/g, blank)
    .replace(/<!--[\s\S]*?-->/g, blank);
}

/** All wikilinks and Markdown links that lead into the vault, in their order. `text` is already blanked out. */
export function findLinks(text: string): FoundLink[] {
  return [...findWikilinks(text), ...findMarkdownLinks(text)].sort((a, b) => a.start - b.start);
}

function findWikilinks(text: string): FoundLink[] {
  const links: FoundLink[] = [];
  for (const match of text.matchAll(/(!?)\[\[([^[\]\n]+?)\]\]/g)) {
    const [original, bang, inner = ""] = match;
    // In a table the bar is written with a backslash before it.
    const bar = inner.search(/\\?\|/);
    const link = (bar < 0 ? inner : inner.slice(0, bar)).trim();
    const alias =
      bar < 0
        ? ""
        : inner
            .slice(bar)
            .replace(/^\\?\|/, "")
            .trim();
    const displayText = alias === "" ? link : alias;
    links.push({
      embed: bang === "!",
      link,
      displayText,
      original,
      start: match.index,
      end: match.index + original.length,
    });
  }
  return links;
}

function findMarkdownLinks(text: string): FoundLink[] {
  const links: FoundLink[] = [];
  for (const match of text.matchAll(/\]\(/g)) {
    const open = openingBracket(text, match.index);
    if (open < 0 || text[open + 1] === "[") continue;
    const target = readTarget(text, match.index + 2);
    if (target === null || target.url === "" || hasScheme.test(target.url) || target.url.startsWith("//"))
      continue;
    const embed = text[open - 1] === "!";
    const start = embed ? open - 1 : open;
    links.push({
      embed,
      link: decode(target.url),
      displayText: text.slice(open + 1, match.index),
      original: text.slice(start, target.end),
      start,
      end: target.end,
    });
  }
  return links;
}

function openingBracket(text: string, closing: number): number {
  let depth = 0;
  for (let at = closing; at >= 0 && !(text[at] === "\n" && text[at - 1] === "\n"); at--) {
    if (text[at] === "]" && text[at - 1] !== "\\") depth++;
    if (text[at] === "[" && text[at - 1] !== "\\" && --depth === 0) return at;
  }
  return -1;
}

/** Reads `target "title")` from just behind the opening parenthesis. */
function readTarget(text: string, from: number): { url: string; end: number } | null {
  const angled = /^\s*<([^<>\n]*)>(?:\s+(?:"[^"\n]*"|'[^'\n]*'))?\s*\)/.exec(text.slice(from, from + 2000));
  if (angled !== null) return { url: angled[1] ?? "", end: from + angled[0].length };
  let depth = 1;
  for (let at = from; at < text.length && text[at] !== "\n"; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "(") depth++;
    else if (text[at] === ")" && --depth === 0) {
      const inner = text.slice(from, at).trim();
      const url = inner.replace(/\s+("[^"]*"|'[^']*')$/, "");
      return { url, end: at + 1 };
    }
  }
  return null;
}

function decode(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    // A percent sign that stands for itself.
    return url;
  }
}
