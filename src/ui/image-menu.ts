import type { Menu } from "obsidian";
import type { ImageState, VaultPath } from "../model";
import { startBackup } from "./first-use";
import type { Surroundings } from "./surroundings";
import { sayImage } from "./wording";

/** Whether trying an image again may help. */
export function canTryAgain(state: ImageState | undefined): boolean {
  return state?.is === "failed" || (state?.is === "skipped" && state.because === "unreadable");
}

/**
 * Fills a menu with what is to be said of one image and what can be done with it.
 *
 * @param note  the note it is shown in; empty for none
 */
export function fillImageMenu(menu: Menu, path: VaultPath, note: VaultPath, around: Surroundings): void {
  const { app, words, status, commands, openBrowser, now } = around;
  const state = status.images().get(path);
  const lost = state === undefined ? status.missing.peek().find((one) => one.path === path) : undefined;
  const add = (title: string, icon: string, act: () => void): void => {
    menu.addItem((item) => item.setTitle(title).setIcon(icon).onClick(act));
  };
  const { title, detail } =
    lost === undefined
      ? sayImage(words, state, now())
      : { title: words.say("state.missing"), detail: words.say("about.missing") };
  menu.addItem((item) => item.setTitle(detail === "" ? title : `${title}: ${detail}`).setIsLabel(true));
  const url = lost?.item.url ?? (state?.is === "backed-up" ? state.item.url : undefined);
  if (url !== undefined) {
    add(words.say("menu.open-in-google-photos"), "external-link", () => openBrowser(url));
  }
  if (state?.is === "waiting") {
    add(words.say("menu.back-up-now"), "vib-sending", () =>
      startBackup(around, { of: "images", paths: [path] }),
    );
  }
  if (canTryAgain(state)) {
    add(words.say("menu.try-again"), "refresh-cw", () => commands.tryAgain({ of: "images", paths: [path] }));
  }
  if (lost === undefined) {
    add(words.say("menu.open-image"), "image", () => void app.workspace.openLinkText(path, "", "tab"));
  }
  if (note !== "") {
    add(words.say("menu.show-in-note"), "file-text", () => void app.workspace.openLinkText(note, "", false));
  }
}
