import MarkdownIt from "markdown-it";
import type StateInline from "markdown-it/lib/rules_inline/state_inline.mjs";
import type Token from "markdown-it/lib/token.mjs";

/** Markdown as Obsidian writes it: wikilinks, embeds, highlights, comments and tasks beside the usual. */
export const parser = new MarkdownIt({ html: true, linkify: true, breaks: true });

const hasScheme = /^[a-z][a-z0-9+.-]*:/i;

function embedToken(state: StateInline, link: string, alias: string): void {
  const token = state.push("internal_embed", "span", 0);
  token.meta = { link, alias };
}

function linkTokens(state: StateInline, link: string, text: string): void {
  const open = state.push("link_open", "a", 1);
  open.attrs = [
    ["data-href", link],
    ["href", link],
    ["class", "internal-link"],
    ["target", "_blank"],
    ["rel", "noopener nofollow"],
  ];
  state.push("text", "", 0).content = text;
  state.push("link_close", "a", -1);
}

parser.inline.ruler.before("link", "wikilink", (state, silent) => {
  const match = /^(!?)\[\[([^[\]\n]+?)\]\]/.exec(state.src.slice(state.pos));
  if (match === null) return false;
  if (!silent) {
    const inner = match[2] ?? "";
    const bar = inner.search(/\\?\|/);
    const link = (bar < 0 ? inner : inner.slice(0, bar)).trim();
    const alias =
      bar < 0
        ? ""
        : inner
            .slice(bar)
            .replace(/^\\?\|/, "")
            .trim();
    if (match[1] === "!") embedToken(state, link, alias);
    else linkTokens(state, link, alias === "" ? link.replace(/#/g, " > ") : alias);
  }
  state.pos += match[0].length;
  return true;
});

parser.inline.ruler.before("emphasis", "highlight", (state, silent) => {
  const match = /^==(?=\S)([^=\n]+?)==/.exec(state.src.slice(state.pos));
  if (match === null) return false;
  if (!silent) {
    state.push("mark_open", "mark", 1);
    state.push("text", "", 0).content = match[1] ?? "";
    state.push("mark_close", "mark", -1);
  }
  state.pos += match[0].length;
  return true;
});

parser.inline.ruler.before("link", "comment", (state, silent) => {
  const match = /^%%[\s\S]*?%%/.exec(state.src.slice(state.pos));
  if (match === null || silent) return false;
  state.pos += match[0].length;
  return true;
});

/** Images and links of Markdown's own kind that lead into the vault become embeds and internal links. */
parser.core.ruler.push("vault_links", (state) => {
  const visit = (tokens: Token[]): void => {
    for (const token of tokens) {
      if (token.children !== null) visit(token.children);
      const src = token.attrGet(token.type === "image" ? "src" : "href") ?? "";
      if (src === "" || hasScheme.test(src) || src.startsWith("//")) {
        if (token.type === "link_open" && hasScheme.test(src)) token.attrJoin("class", "external-link");
        continue;
      }
      if (token.type === "image") {
        token.type = "internal_embed";
        token.meta = { link: decode(src), alias: token.content };
      } else if (token.type === "link_open" && !token.attrGet("class")) {
        token.attrJoin("class", "internal-link");
        token.attrSet("data-href", decode(src));
      }
    }
  };
  visit(state.tokens);
});

parser.renderer.rules["internal_embed"] = (tokens, index) => {
  const { link, alias } = tokens[index]?.meta as { link: string; alias: string };
  const escape = parser.utils.escapeHtml;
  return `<span class="internal-embed" src="${escape(link)}" alt="${escape(alias)}"></span>`;
};

function decode(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
