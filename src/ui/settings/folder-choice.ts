import { folderOf, imageKind, type BackupSettings, type VaultPath } from "../../model";
import type { Surroundings } from "../surroundings";

/** Folders to back up, and folders and images to leave out, which wins. */
export type FolderList = keyof BackupSettings["folders"];

export const FOLDER_LISTS: readonly FolderList[] = ["include", "exclude"];

export function changeFolders(
  { settings }: Surroundings,
  list: FolderList,
  change: (before: readonly string[]) => readonly string[],
): Promise<void> {
  const { folders } = settings.read();
  return settings.change({ folders: { ...folders, [list]: change(folders[list]) } });
}

/** Leaves images out by themselves, or no more. */
export async function leaveOut(
  paths: readonly VaultPath[],
  isOut: boolean,
  around: Surroundings,
): Promise<void> {
  const { exclude } = around.settings.read().folders;
  const these = new Set(paths);
  const others = exclude.filter((path) => !these.has(path));
  if (isOut || others.length < exclude.length)
    await changeFolders(around, "exclude", () => (isOut ? [...others, ...paths] : others));
}

/** One row of a list of folders. */
export interface ListedFolder {
  readonly name: string;
  readonly desc: string;
  /** Takes it off the list. */
  readonly remove: () => void;
}

/** The rows of a list. Images that are left out by themselves are one row: there may be thousands. */
export function listedFolders(
  list: FolderList,
  paths: readonly string[],
  around: Surroundings,
): readonly ListedFolder[] {
  const { app, say, status } = around;
  // Whenever settings change, and mostly there are none.
  const counts = imagesByFolder(paths.length > 0 ? status.images().keys() : []);
  const isImage = (path: string): boolean => imageKind(path) !== undefined;
  const sayCount = (n: number): string => say("settings.folder-count", { n });
  const row = (name: string, desc: string, isIt: (path: string) => boolean): ListedFolder => ({
    name,
    desc,
    remove: () => void changeFolders(around, list, (before) => before.filter((path) => !isIt(path))),
  });
  const folders = paths.filter((path) => !isImage(path));
  const rows = folders.map((folder) =>
    row(
      folder,
      app.vault.getAbstractFileByPath(folder)
        ? sayCount(counts.get(folder) ?? 0)
        : say("settings.folder-unknown"),
      (path) => path === folder,
    ),
  );
  // Those that were renamed are on it by their old names as well.
  const n = paths.filter((path) => isImage(path) && app.vault.getAbstractFileByPath(path)).length;
  if (n > 0) rows.push(row(say("settings.single-images"), sayCount(n), isImage));
  return rows;
}

/** How many images each folder holds, those in folders inside it included. */
export function imagesByFolder(images: Iterable<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const image of images) {
    for (let folder = folderOf(image); folder !== ""; folder = folderOf(folder)) {
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
  }
  return counts;
}
