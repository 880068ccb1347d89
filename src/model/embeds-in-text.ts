// None of them may run over the beginning of another: a text full of beginnings would take minutes.
const WIKILINK = /!\[\[([^[\]\n|]+)(?:\|[^[\]\n]*)?\]\]/g;
const MARKDOWN = /!\[[^[\]\n]*\]\((?:<([^<>\n]+)>|((?:[^\s()]|\([^\s()]*\))+))(?:\s+"[^"\n]*")?\)/g;
const ELSEWHERE = /^[a-z][a-z0-9+.-]*:/i;

/** The links of all embeds in the text of a note as they are to be resolved: decoded, without alias, size or title. */
export function embedsInText(text: string): readonly string[] {
  const wiki = Array.from(text.matchAll(WIKILINK), ([, target = ""]) => target);
  const markdown = Array.from(text.matchAll(MARKDOWN), ([, angled, plain]) => angled ?? plain ?? "");
  const here = markdown.filter((target) => !ELSEWHERE.test(target)).map(decoded);
  // In a table the bar before an alias is escaped.
  return [...wiki, ...here].map((link) => link.replace(/\\$/, "").trim());
}

/** The target of a Markdown link as it is meant: with its `%20` as spaces. */
export function decoded(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target; // a percent sign of its own
  }
}
