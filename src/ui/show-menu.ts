import type { Menu } from "obsidian";

/** Shows a menu at the pointer, or under its anchor where the keyboard asked: such a click has no place. */
export function showMenu(menu: Menu, anchor: HTMLElement, at?: MouseEvent): void {
  if (at && (at.clientX !== 0 || at.clientY !== 0)) {
    menu.showAtMouseEvent(at);
    return;
  }
  const { left, bottom } = anchor.getBoundingClientRect();
  menu.showAtPosition({ x: left, y: bottom }, anchor.doc);
}
