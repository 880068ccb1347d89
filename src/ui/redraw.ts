/**
 * Draws a place anew. Where the focus was in it and has gone with what was there, it goes to the button of the same words,
 * or to the first one that can be pressed; where there is none, to `next`.
 */
export function redraw(place: HTMLElement, draw: () => void, next?: HTMLElement): void {
  const focused = (): Element | null => place.querySelector(":focus");
  const had = focused();
  draw();
  if (!had || focused()) return;
  const buttons = place.findAll("button:enabled");
  (buttons.find(({ textContent }) => textContent === had.textContent) ?? buttons[0] ?? next)?.focus();
}
