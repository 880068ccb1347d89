import type { App, PaneType } from "obsidian";
import type { VaultPath } from "../model";

/**
 * Opens a file of the vault, if it is still there. By its path: as the text of a link, a name with `#` in it would be
 * taken for that of another note, which Obsidian then makes.
 */
export function openFile({ vault, workspace }: App, path: VaultPath, where: PaneType | false): void {
  const file = vault.getFileByPath(path);
  if (file) void workspace.getLeaf(where).openFile(file);
}
