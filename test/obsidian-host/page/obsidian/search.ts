import type { SearchMatches, SearchResult, SearchResultContainer } from "obsidian";

/** Finds the query's letters in their order; letters that follow one another and begin words count more. */
export function prepareFuzzySearch(query: string): (text: string) => SearchResult | null {
  const letters = query.toLowerCase().replace(/\s+/g, "");
  return (text) => {
    const lower = text.toLowerCase();
    const matches: SearchMatches = [];
    let at = -1;
    let score = 0;
    for (const letter of letters) {
      const next = lower.indexOf(letter, at + 1);
      if (next < 0) return null;
      const last = matches[matches.length - 1];
      if (last !== undefined && next === at + 1) last[1] = next + 1;
      else {
        matches.push([next, next + 1]);
        score -= next === 0 || /[\s/_-]/.test(lower[next - 1] ?? "") ? 0.1 : 0.5;
      }
      at = next;
    }
    return { score: score - text.length / 1000, matches };
  };
}

export function renderMatches(
  el: HTMLElement | DocumentFragment,
  text: string,
  matches: SearchMatches | null,
  offset = 0,
): void {
  let at = 0;
  for (const [from, to] of matches ?? []) {
    const start = from + offset;
    if (start < at || to + offset > text.length) continue;
    el.appendText(text.slice(at, start));
    el.createSpan({ cls: "suggestion-highlight", text: text.slice(start, to + offset) });
    at = to + offset;
  }
  el.appendText(text.slice(at));
}

export function renderResults(el: HTMLElement, text: string, result: SearchResult, offset?: number): void {
  renderMatches(el, text, result.matches, offset);
}

export function sortSearchResults(results: SearchResultContainer[]): void {
  results.sort((a, b) => b.match.score - a.match.score);
}
