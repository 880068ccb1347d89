import { Platform } from "../obsidian/platform";

/** The line at the bottom right. A phone has none: what is put there is seen by nobody. */
export class StatusBar {
  readonly el: HTMLElement;

  constructor() {
    this.el = createDiv({ cls: "status-bar", attr: { role: "contentinfo" } });
    if (!Platform.isMobile) document.body.querySelector(".app-container")?.append(this.el);
  }

  add(pluginId: string): HTMLElement {
    return this.el.createDiv(`status-bar-item plugin-${pluginId}`);
  }
}
