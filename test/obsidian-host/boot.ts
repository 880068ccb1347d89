/** What the page gets from the server before anything else. */
export interface Boot {
  mode: "desktop" | "phone";
  vaultName: string;
  /** the vault's folder on disk; known to plugins in desktop mode only */
  basePath: string;
  plugin: { manifest: string; main: string; styles: string; folder: string; enabledBefore: boolean };
  /** origin of the server that answers for Google */
  google: string;
  /** whether the host takes URLs for the system browser; else the page opens them itself */
  opensExternal: boolean;
  offline: boolean;
  localStorage: Record<string, string>;
  secrets: Record<string, string>;
  /** the workspace's last layout, as JSON */
  layout: string | null;
}
