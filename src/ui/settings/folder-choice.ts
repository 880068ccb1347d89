import { folderOf, under, type BackupSettings, type VaultPath } from "../../model";
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
  const others = exclude.filter((path) => !paths.includes(path));
  if (isOut || others.length < exclude.length)
    await changeFolders(around, "exclude", () => (isOut ? [...others, ...paths] : others));
}

export function removeFolder(around: Surroundings, list: FolderList, index: number): Promise<void> {
  return changeFolders(around, list, (before) => before.filter((_, at) => at !== index));
}

/** What is to be said of what stands in a list: how many images it holds or is, or that there is none of its name. */
export function sayFolder(path: string, { app, say, status }: Surroundings): string {
  if (!app.vault.getAbstractFileByPath(path)) return say("settings.folder-unknown");
  const images = [...status.images().keys()].filter((image) => image === path || under(image, [path]));
  return say("settings.folder-count", { n: images.length });
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
