import { Menu } from "obsidian";
import { addActions, type Action } from "./action";

/**
 * Opens a menu that says something and offers actions, at the pointer, or under its anchor where the keyboard asked: such
 * a click has no place.
 *
 * @param groups  of actions; a line stands between two
 */
export function showMenu(
  anchor: HTMLElement,
  at: MouseEvent | undefined,
  said: string,
  ...groups: readonly (readonly Action[])[]
): void {
  const menu = new Menu().setUseNativeMenu(false).setParentElement(anchor);
  menu.addItem((item) => item.setTitle(said).setIsLabel(true));
  for (const [place, actions] of groups.entries()) {
    if (place > 0) menu.addSeparator();
    addActions(menu, actions);
  }
  if (at && (at.clientX !== 0 || at.clientY !== 0)) {
    menu.showAtMouseEvent(at);
    return;
  }
  const { left, bottom } = anchor.getBoundingClientRect();
  menu.showAtPosition({ x: left, y: bottom }, anchor.doc);
}
