import { nodeModule } from "./node-module";

interface Electron {
  readonly shell: { openExternal(url: string): Promise<void> };
}

function isElectron(found: unknown): found is Electron {
  const shell = (found as { readonly shell?: { readonly openExternal?: unknown } } | undefined)?.shell;
  return typeof shell?.openExternal === "function";
}

/**
 * Opens an address in the system's browser, never in a view of the app. Only web addresses: anything else the system
 * might run.
 */
export function openInBrowser(url: string): void {
  if (!/^https?:\/\//.test(url)) throw new TypeError("not a web address");
  const electron = nodeModule("electron");
  if (!isElectron(electron)) {
    window.open(url, "_blank");
    return;
  }
  electron.shell.openExternal(url).catch(() => {
    window.open(url, "_blank"); // some desktops refuse Electron and still take a link
  });
}
