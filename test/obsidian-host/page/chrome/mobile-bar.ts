import type { App } from "../obsidian/app";
import { Menu } from "../obsidian/menu";
import { ribbonAction } from "./ribbon";

/** The bar at the bottom of a phone; what the ribbon holds is in its menu. */
export function buildMobileBar(app: App): void {
  const bar = document.body
    .createDiv({ cls: "mobile-navbar", attr: { role: "navigation", "aria-label": "Navigation bar" } })
    .createDiv("mobile-navbar-actions");
  const action = (icon: string, title: string, callback: (event: MouseEvent) => unknown): void => {
    const el = ribbonAction(icon, title, callback);
    el.addClass("mobile-navbar-action");
    bar.append(el);
  };
  action("lucide-panel-left", "Show files", () => app.workspace.leftSplit.toggle());
  action("lucide-search", "Open command palette", () => app._commands.run("command-palette:open"));
  action("lucide-menu", "Ribbon menu", (event) => ribbonMenu(app).showAtMouseEvent(event));
  action("lucide-panel-right", "Show right sidebar", () => app.workspace.rightSplit.toggle());
}

function ribbonMenu(app: App): Menu {
  const menu = new Menu();
  for (const el of app.workspace._parts.ribbonEl.querySelectorAll<HTMLElement>(".side-dock-actions > *")) {
    const icon = [...(el.querySelector("svg")?.classList ?? [])].find((name) => name !== "svg-icon") ?? null;
    menu.addItem((item) =>
      item
        .setTitle(el.getAttr("aria-label") ?? "")
        .setIcon(icon)
        .onClick(() => el.click()),
    );
  }
  menu.addItem((item) =>
    item
      .setTitle("Settings")
      .setIcon("lucide-settings")
      .onClick(() => app._settings.open()),
  );
  return menu;
}
