import { TFile, TFolder, type TAbstractFile } from "obsidian";
import { folderChosen, imageKind, type VaultPath } from "../model";
import { addActions, offer, type Action } from "./action";
import { noteScope, startBackup } from "./first-use";
import { backupActions, isWaiting, sending } from "./image-menu";
import type { Surroundings } from "./surroundings";

/** Entries in the menus of images, notes and folders, wherever Obsidian shows such a menu. */
export function addFileMenus(around: Surroundings): void {
  const { plugin, app, say } = around;
  plugin.registerEvent(
    app.workspace.on("file-menu", (menu, file) => addActions(menu, actionsFor(file, around), "action")),
  );
  plugin.registerEvent(
    app.workspace.on("files-menu", (menu, files) => {
      const paths = files.map(({ path }) => path).filter((path) => isWaiting(path, around));
      addActions(menu, sending(paths, say("menu.back-up-images", { n: paths.length }), around), "action");
    }),
  );
}

function actionsFor(file: TAbstractFile, around: Surroundings): readonly Action[] {
  const { path } = file;
  if (file instanceof TFolder) return sendingFolder(path, around);
  if (!(file instanceof TFile)) return [];
  return imageKind(path) === undefined ? sendingNote(path, around) : backupActions(path, around);
}

function sendingFolder(path: VaultPath, around: Surroundings): readonly Action[] {
  const folders = { include: [path], exclude: [] };
  const waiting = [...around.status.images()].filter(
    ([image, { is }]) => is === "waiting" && folderChosen(image, folders),
  );
  return offer(waiting, around.say("menu.back-up-folder"), "vib-sending", () =>
    startBackup(around, { of: "folder", path }),
  );
}

/** Backs up the images of a note, where some wait. */
export function sendingNote(note: VaultPath, around: Surroundings): readonly Action[] {
  const waiting = around.noteImages.imagesOf(note).filter((path) => isWaiting(path, around));
  return offer(waiting, around.say("menu.back-up-note"), "vib-sending", () =>
    startBackup(around, noteScope(around, note)),
  );
}
