import type { App } from "../obsidian/app";
import { setIcon } from "../obsidian/icons";
import { setTooltip } from "../obsidian/tooltip";

export function ribbonAction(
  icon: string,
  title: string,
  callback: (event: MouseEvent) => unknown,
): HTMLElement {
  const el = createDiv({
    cls: "clickable-icon side-dock-ribbon-action",
    attr: { role: "button", tabindex: 0 },
  });
  setIcon(el, icon);
  setTooltip(el, title, { placement: "right" });
  el.addEventListener("click", (event) => void callback(event));
  el.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") el.click();
  });
  return el;
}

/** Fills the ribbon; on a phone it is the bar at the bottom, with a menu for the rest. */
export function buildRibbon(app: App): { actionsEl: HTMLElement } {
  const { ribbonEl } = app.workspace._parts;
  ribbonEl.append(
    ribbonAction("lucide-panel-left", "Toggle left sidebar", () => app.workspace.leftSplit.toggle()),
  );
  const actionsEl = ribbonEl.createDiv("side-dock-actions");
  const below = ribbonEl.createDiv("side-dock-settings");
  below.append(
    ribbonAction("lucide-terminal", "Open command palette", () => app._commands.run("command-palette:open")),
    ribbonAction("lucide-sun", "Toggle light/dark mode", () => app._commands.run("theme:toggle-light-dark")),
    ribbonAction("lucide-settings", "Settings", () => app._settings.open()),
    ribbonAction("lucide-panel-right", "Toggle right sidebar", () => app.workspace.rightSplit.toggle()),
  );
  return { actionsEl };
}
