import { TFile, TFolder, type Menu, type TAbstractFile } from "obsidian";
import { folderChosen, imageKind, type VaultPath } from "../model";
import { noteScope, startBackup } from "./first-use";
import { backupActions } from "./image-menu";
import type { ImageAction } from "./recovery";
import type { Surroundings } from "./surroundings";

/** Entries in the menus of images, notes and folders, wherever Obsidian shows such a menu. */
export function addFileMenus(around: Surroundings): void {
  const { plugin, app, words } = around;
  plugin.registerEvent(
    app.workspace.on("file-menu", (menu, file) => {
      for (const action of actionsFor(file, around)) add(menu, action);
    }),
  );
  plugin.registerEvent(
    app.workspace.on("files-menu", (menu, files) => {
      const paths = files.map(({ path }) => path).filter((path) => isWaiting(path, around));
      if (paths.length === 0) return;
      const title = words.say("menu.back-up-images", { n: paths.length });
      add(menu, { title, icon: "vib-sending", act: () => startBackup(around, { of: "images", paths }) });
    }),
  );
}

function actionsFor(file: TAbstractFile, around: Surroundings): readonly ImageAction[] {
  const { words, noteImages, status } = around;
  const icon = "vib-sending";
  if (file instanceof TFolder) {
    const folders = { include: [file.path], exclude: [] };
    const hasWork = [...status.images()].some(
      ([path, { is }]) => is === "waiting" && folderChosen(path, folders),
    );
    const act = (): void => startBackup(around, { of: "folder", path: file.path });
    return hasWork ? [{ title: words.say("menu.back-up-folder"), icon, act }] : [];
  }
  if (!(file instanceof TFile)) return [];
  if (imageKind(file.path) !== undefined) return backupActions(file.path, around);
  const hasWork = noteImages.imagesOf(file.path).some((path) => isWaiting(path, around));
  const act = (): void => startBackup(around, noteScope(around, file.path));
  return hasWork ? [{ title: words.say("menu.back-up-note"), icon, act }] : [];
}

function isWaiting(path: VaultPath, { status }: Surroundings): boolean {
  return status.images().get(path)?.is === "waiting";
}

function add(menu: Menu, { title, icon, act }: ImageAction): void {
  menu.addItem((item) => item.setTitle(title).setIcon(icon).setSection("action").onClick(act));
}
