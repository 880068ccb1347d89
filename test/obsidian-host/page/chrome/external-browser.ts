import type { Boot } from "../../boot";
import { redirectToGoogleServer } from "../../google-hosts";
import type { Connection } from "../connection";
import { pageWindow } from "../page-window";

/** Where addresses go that are opened outside Obsidian: to whoever plays the system browser, else to a new window. */
export class ExternalBrowser {
  #taken: boolean;

  constructor(
    readonly connection: Connection,
    readonly boot: Boot,
  ) {
    this.#taken = boot.opensExternal;
    connection.on("opensExternal", ({ value }) => (this.#taken = value === true));
    pageWindow._openWindow = window.open.bind(window);
    window.open = (url) => {
      if (url !== undefined && String(url) !== "") void this.open(String(url));
      return null;
    };
    document.addEventListener("click", (event) => this.#clicked(event));
  }

  async open(url: string): Promise<void> {
    const target = redirectToGoogleServer(url, this.boot.google)?.href ?? url;
    if (!this.#taken) pageWindow._openWindow(target, "_blank", "noopener");
    await this.connection.ask({ op: "external", url });
  }

  #clicked(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
    const href = link?.getAttribute("href") ?? "";
    if (event.defaultPrevented || !/^https?:/.test(href)) return;
    event.preventDefault();
    void this.open(href);
  }
}
