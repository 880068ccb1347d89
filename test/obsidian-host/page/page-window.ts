import type { App } from "./obsidian/app";

/** What the host puts on the window beside what Obsidian's own types tell of. */
export interface PageGlobals {
  app: App;
  /** the browser's own `open`; the page's `open` hands addresses to the system browser */
  _openWindow: typeof window.open;
}

export const pageWindow = window as Window & typeof globalThis & PageGlobals;
