import { TFile, TFolder, type TAbstractFile } from "obsidian";
import { imageKind, under, type VaultPath } from "../model";
import { addActions, type Action } from "./action";
import { imagesIn } from "./first-use";
import { imageActions, sending } from "./image-actions";
import { backupActions } from "./image-menu";
import type { Surroundings } from "./surroundings";

/** Entries in the menus of images, notes and folders, wherever Obsidian shows such a menu. */
export function addFileMenus(around: Surroundings): void {
  const { plugin, app } = around;
  plugin.registerEvent(
    app.workspace.on("file-menu", (menu, file) => addActions(menu, actionsFor(file, around), "action")),
  );
  plugin.registerEvent(
    app.workspace.on("files-menu", (menu, files) => {
      const paths = files.map(({ path }) => path);
      addActions(menu, imageActions(paths, around), "action");
    }),
  );
}

function actionsFor(file: TAbstractFile, around: Surroundings): readonly Action[] {
  const { path } = file;
  if (file instanceof TFolder) return sendingFolder(path, around);
  if (!(file instanceof TFile)) return [];
  return imageKind(path) === undefined ? sendingNote(path, around) : backupActions(path, around);
}

function sendingFolder(folder: VaultPath, around: Surroundings): readonly Action[] {
  const folders = [folder];
  const within = (path: VaultPath): boolean => under(path, folders);
  const known = [...around.status.images().keys()].filter(within);
  // Before the vault was looked through, and while the backup rests, there may be more of them than are known.
  const all = (): readonly VaultPath[] => [...around.vaultImages()].map(({ path }) => path).filter(within);
  return sending(known, around.say("menu.back-up-folder"), around, all);
}

/** Backs up the images of a note, where some wait. */
export function sendingNote(note: VaultPath, around: Surroundings): readonly Action[] {
  return sending(imagesIn(around, note), around.say("menu.back-up-note"), around);
}
