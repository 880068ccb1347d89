import type { MarkdownPostProcessor } from "obsidian";

const registered: MarkdownPostProcessor[] = [];

/** What is run over every rendered section, lower sort order first. */
export function registerPostProcessor(processor: MarkdownPostProcessor, sortOrder?: number): void {
  if (sortOrder !== undefined) processor.sortOrder = sortOrder;
  registered.push(processor);
  registered.sort((a, b) => (a.sortOrder ?? 0) - (b.sortOrder ?? 0));
}

export function unregisterPostProcessor(processor: MarkdownPostProcessor): void {
  const at = registered.indexOf(processor);
  if (at >= 0) registered.splice(at, 1);
}

export const postProcessors = (): MarkdownPostProcessor[] => [...registered];
