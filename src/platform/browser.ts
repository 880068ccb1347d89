import { nodeModule } from "./node-module";

/**
 * Opens an address in the system's browser, never in a view of the app. Only web addresses: anything else the system
 * might run.
 */
export function openInBrowser(url: string): void {
  if (!/^https?:\/\//.test(url)) throw new TypeError("not a web address");
  const open = (): void => void window.open(url, "_blank");
  const opened = nodeModule("electron")?.shell?.openExternal?.(url);
  if (!opened) open();
  // Some desktops refuse Electron and still take a link.
  else opened.catch(open);
}
