/** An embed in the text of a note. */
export interface TextEmbed {
  /** The link as it is to be resolved: decoded, without alias, size or title. */
  readonly link: string;
  /** Where its text begins and ends, counted from the start of the text. */
  readonly from: number;
  readonly to: number;
}

const WIKILINK = /!\[\[([^\]\n|]+)(?:\|[^\]\n]*)?\]\]/g;
const MARKDOWN = /!\[[^\]\n]*\]\((?:<([^>\n]+)>|((?:[^\s()]|\([^\s()]*\))+))(?:\s+"[^"\n]*")?\)/g;
const ELSEWHERE = /^[a-z][a-z0-9+.-]*:/i;

/** Embeds of the vault's own files, in the order of the text; images from elsewhere are none. */
export function embedsInText(text: string): readonly TextEmbed[] {
  const found: TextEmbed[] = [];
  for (const match of text.matchAll(WIKILINK)) found.push(embedOf(match, match[1] ?? ""));
  for (const match of text.matchAll(MARKDOWN)) {
    const target = match[1] ?? match[2] ?? "";
    if (!ELSEWHERE.test(target)) found.push(embedOf(match, decoded(target)));
  }
  return found.sort((one, other) => one.from - other.from);
}

function embedOf(match: RegExpExecArray, link: string): TextEmbed {
  // In a table the bar before an alias is escaped.
  return { link: link.replace(/\\$/, "").trim(), from: match.index, to: match.index + match[0].length };
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target; // a percent sign of its own
  }
}
