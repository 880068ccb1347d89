import { Menu } from "obsidian";
import { addActions, type Action } from "./action";

/**
 * Opens a menu that says something and offers actions.
 *
 * @param anchor  what it belongs to, under which it opens
 * @param at      where it opens instead
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
  const { left: x, bottom: y } = anchor.getBoundingClientRect();
  if (at) menu.showAtMouseEvent(at);
  else menu.showAtPosition({ x, y }, anchor.doc);
}
