import type { Menu } from "obsidian";
import type { ImageState, VaultPath } from "../model";
import { LARGE, startBackup } from "./first-use";
import type { Surroundings } from "./surroundings";
import { awayImage, recoveryActions, type ImageAction } from "./recovery";
import { sayAway, sayImage, sentences, type Saying } from "./wording";

/** Whether trying an image again may help. */
export function canTryAgain(state: ImageState | undefined): boolean {
  return state?.is === "failed" || (state?.is === "skipped" && state.because === "unreadable");
}

/** What can be done about the backup of one image, as things stand now. */
export function backupActions(path: VaultPath, around: Surroundings): readonly ImageAction[] {
  const { words, status, commands, openBrowser } = around;
  const state = status.images().get(path);
  const away = awayImage(path, around);
  const item = state?.is === "backed-up" ? state.item : away?.item;
  const actions: ImageAction[] = [];
  if (item !== undefined) {
    const { url, album } = item;
    const title = words.say("menu.open-in-google-photos");
    actions.push({ title, icon: "external-link", act: () => openBrowser(url) });
    // No app may share an album any more (fact sheet §2); where a person can, the album is open.
    if (album !== undefined) {
      const address = new URL(`/lr/album/${album}`, url).href;
      actions.push({
        title: words.say("menu.open-album"),
        icon: "share",
        act: () => openBrowser(address),
      });
    }
  }
  const scope = { of: "images", paths: [path] } as const;
  if (state?.is === "waiting") {
    const title = words.say("menu.back-up-image");
    actions.push({ title, icon: "vib-sending", act: () => startBackup(around, scope) });
  }
  if (canTryAgain(state)) {
    const title = words.say("menu.try-again");
    actions.push({ title, icon: "refresh-cw", act: () => commands.tryAgain(scope) });
  }
  return [...actions, ...recoveryActions([path], around)];
}

/** An image's state in words, missing ones included. */
export function sayImageAt(path: VaultPath, around: Surroundings): Saying {
  const { app, words, status, now } = around;
  const away = awayImage(path, around);
  if (away !== undefined) return sayAway(words, away.only);
  const state = status.images().get(path);
  const saying = sayImage(words, state, now());
  const isComing = state?.is === "waiting" || state?.is === "uploading";
  const isLarge = isComing && (app.vault.getFileByPath(path)?.stat.size ?? 0) > LARGE;
  return isLarge ? { ...saying, detail: sentences(saying.detail, words.say("about.large")) } : saying;
}

/**
 * Fills a menu with what is to be said of one image and what can be done with it.
 *
 * @param note  the note it is shown in; empty for none
 */
export function fillImageMenu(menu: Menu, path: VaultPath, note: VaultPath, around: Surroundings): void {
  const { app, words } = around;
  const { title, detail } = sayImageAt(path, around);
  menu.addItem((item) => item.setTitle(detail === "" ? title : `${title}: ${detail}`).setIsLabel(true));
  const open = (link: VaultPath, where: "tab" | false) => (): void =>
    void app.workspace.openLinkText(link, "", where);
  const actions: readonly ImageAction[] = [
    ...backupActions(path, around),
    ...(app.vault.getFileByPath(path) === null
      ? []
      : [{ title: words.say("menu.open-image"), icon: "image", act: open(path, "tab") }]),
    ...(note === ""
      ? []
      : [{ title: words.say("menu.show-in-note"), icon: "file-text", act: open(note, false) }]),
  ];
  for (const action of actions) {
    menu.addItem((item) => item.setTitle(action.title).setIcon(action.icon).onClick(action.act));
  }
}
