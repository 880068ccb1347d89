/** What was pointed at; an icon is no HTML element, and in another window a class of that window's. */
export function elementOf({ target }: Event): Element | undefined {
  const node = target as Node | null;
  return node?.instanceOf(Element) ? node : undefined;
}
