/** Draws a place anew. Where the focus was in it and has gone with what was there, `refocus` finds it another one. */
export function redraw(place: HTMLElement, draw: () => void, next?: HTMLElement): void {
  const had = place.querySelector(":focus");
  draw();
  if (had) refocus(place, had, next);
}

/**
 * Where nothing has the focus any more, it goes to a place's button of the same words as the one that had it, or to the
 * first one that can be pressed; where there is none, to `next`.
 */
export function refocus(place: HTMLElement, had: Element | null, next?: HTMLElement): void {
  if (place.doc.querySelector(":focus")) return;
  const buttons = place.findAll("button:enabled").filter((one) => one.isShown());
  (buttons.find(({ textContent }) => textContent === had?.textContent) ?? buttons[0] ?? next)?.focus();
}
