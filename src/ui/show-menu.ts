import { Menu } from "obsidian";
import { addActions, type Action } from "./action";

let open: Menu | undefined;

/** Whether a menu of ours is open: keys that it makes no use of go to what lies under it, Escape and space among them. */
export function isMenuOpen(): boolean {
  return open !== undefined;
}

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
  open = menu;
  // What has closed it may be a key that is on its way to what lies under it.
  menu.onHide(() => window.setTimeout(() => (open = open === menu ? undefined : open), 0));
  const { left: x, bottom: y } = anchor.getBoundingClientRect();
  if (at) menu.showAtMouseEvent(at);
  else menu.showAtPosition({ x, y }, anchor.doc);
}
