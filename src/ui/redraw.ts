/**
 * Draws a place anew. Where the focus was in it and has gone with what was there, it goes to the button of the same words,
 * or to the first one that can be pressed; where there is none, to `next`.
 */
export function redraw(place: HTMLElement, draw: () => void, next?: HTMLElement): void {
  const focused = (): Element | null => place.querySelector(":focus");
  const had = focused();
  draw();
  if (had && !focused()) focusIn(place, had, next);
}

/** Puts the focus to the button that has the words of one that has gone, or to the first one that can be pressed, or to `next`. */
export function focusIn(place: HTMLElement, gone: Element | null, next?: HTMLElement): void {
  const buttons = place.findAll("button:enabled").filter((one) => one.isShown());
  (buttons.find(({ textContent }) => textContent === gone?.textContent) ?? buttons[0] ?? next)?.focus();
}
