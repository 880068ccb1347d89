import { isComing, type VaultPath } from "../model";
import { offer, type Action } from "./action";
import { LARGE } from "./first-use";
import { imageActions } from "./image-actions";
import { openFile } from "./open-file";
import { showMenu } from "./show-menu";
import type { Surroundings } from "./surroundings";
import { sayImage, sentences } from "./wording";

/** What can be done about the backup of one image, as things stand now. */
export function backupActions(path: VaultPath, around: Surroundings): readonly Action[] {
  const { say, status, openBrowser } = around;
  const state = status.at(path);
  const item = state && "item" in state && state.is !== "removed" ? state.item : undefined;
  const page = (title: string, icon: string, address: string | undefined): readonly Action[] =>
    address === undefined ? [] : [{ title, icon, act: () => openBrowser(address) }];
  return [
    ...page(say("menu.open-in-google-photos"), "external-link", item?.url),
    // No app may share an album any more (fact sheet §2); where a person can, the album is open.
    ...page(
      say("menu.open-album"),
      "share",
      item?.album && new URL(`/lr/album/${item.album}`, item.url).href,
    ),
    ...imageActions([path], around),
  ];
}

/** An image's state in one line. */
function sayImageAt(path: VaultPath, around: Surroundings): string {
  const { app, say, status } = around;
  const state = status.at(path);
  const { title, detail } = sayImage(state, around);
  const isLarge = isComing(state) && (app.vault.getFileByPath(path)?.stat.size ?? 0) > LARGE;
  const whole = isLarge ? sentences(detail, say("about.large")) : detail;
  return whole === "" ? title : say("row.label", { name: title, state: whole });
}

/**
 * Opens what is to be said of one image and what can be done with it.
 *
 * @param note  the note it is shown in; empty for none
 * @param more  what can be done where it is shown
 * @param at    where a menu was asked for, else it opens under `anchor`
 */
export function openImageMenu(
  path: VaultPath,
  note: VaultPath,
  anchor: HTMLElement,
  around: Surroundings,
  more: readonly Action[] = [],
  at?: MouseEvent,
): void {
  const { app, say } = around;
  const here = app.vault.getFileByPath(path) ? [path] : [];
  showMenu(anchor, at, sayImageAt(path, around), [
    ...backupActions(path, around),
    ...offer(here, say("menu.open-image"), "image", () => openFile(app, path, "tab")),
    ...offer(note === "" ? [] : [note], say("menu.show-in-note"), "file-text", () =>
      openFile(app, note, false),
    ),
    ...more,
  ]);
}
