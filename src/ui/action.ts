import type { Menu } from "obsidian";

/** Something that can be done with an image, or with several. */
export interface Action {
  readonly title: string;
  readonly icon: string | null;
  readonly act: () => void;
}

/** An action on some things; none where there are none. */
export function offer<Thing>(
  things: readonly Thing[],
  title: string,
  icon: string,
  act: (things: readonly Thing[]) => void,
): readonly Action[] {
  return things.length === 0 ? [] : [{ title, icon, act: () => act(things) }];
}

/** Puts actions into a menu, in the order they are given. */
export function addActions(menu: Menu, actions: readonly Action[], section?: string): void {
  for (const { title, icon, act } of actions) {
    menu.addItem((item) => {
      item.setTitle(title).setIcon(icon).onClick(act);
      if (section !== undefined) item.setSection(section);
    });
  }
}
