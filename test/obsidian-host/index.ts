/**
 * The stage on which the built plugin runs: `startHost` starts a server over a vault's folder, `openHost` a browser
 * with the page that plays Obsidian. `server/` is Node's side, `page/` the browser's; they share the files beside this.
 */
export { openHost, type HostPage, type OpenOptions } from "./open-host";
export { startHost, type Host, type HostOptions } from "./server/host";
export type { RequestRecord } from "./server/log";
