let made = 0;

/**
 * Adds a name for what holds much else, and answers its id, for `aria-labelledby`: what an `aria-label` says, Obsidian
 * shows as a tooltip over all that lies in it.
 */
export function hiddenName(parent: HTMLElement, text: string): string {
  const el = parent.createSpan({ text, attr: { hidden: "" } });
  el.id = `vib-name-${(made += 1)}`;
  return el.id;
}
