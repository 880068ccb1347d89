import { Menu } from "obsidian";
import { nameOf, needsAttention, type VaultPath } from "../model";
import { noteScope, startBackup } from "./first-use";
import { iconOfImage } from "./icons";
import { openStatus } from "./open-status";
import { showMenu } from "./show-menu";
import type { Surroundings } from "./surroundings";
import { sayImage, sayNote } from "./wording";

/** More than this many images are left to the status view. */
const MOST = 12;

/** Opens the images of a note with their states, those that need attention first. */
export function openNoteMenu(
  note: VaultPath,
  anchor: HTMLElement,
  event: MouseEvent,
  around: Surroundings,
): void {
  const { app, noteImages, status, words, now } = around;
  const images = [...noteImages.imagesOf(note)].sort(
    (one, other) => Number(wants(other)) - Number(wants(one)) || nameOf(one).localeCompare(nameOf(other)),
  );
  const menu = new Menu().setUseNativeMenu(false);
  menu.setParentElement(anchor);
  menu.addItem((item) => item.setTitle(sayNote(words, status.note(note).peek())).setIsLabel(true));
  for (const path of images.slice(0, MOST)) {
    const state = status.images().get(path);
    const { title } = sayImage(words, state, now());
    menu.addItem((item) =>
      item
        .setTitle(words.say("row.label", { name: nameOf(path), state: title }))
        .setIcon(iconOfImage(state))
        .onClick(() => void app.workspace.openLinkText(path, note, "tab")),
    );
  }
  if (images.length > MOST) {
    menu.addItem((item) =>
      item
        .setTitle(words.say("menu.more", { n: images.length - MOST }))
        .onClick(() => void openStatus(around, note)),
    );
  }
  menu.addSeparator();
  if (images.some((path) => status.images().get(path)?.is === "waiting")) {
    menu.addItem((item) =>
      item
        .setTitle(words.say("menu.back-up-note"))
        .setIcon("vib-sending")
        .onClick(() => startBackup(around, noteScope(around, note))),
    );
  }
  menu.addItem((item) =>
    item
      .setTitle(words.say("menu.show-status"))
      .setIcon("vib-cloud")
      .onClick(() => void openStatus(around, note)),
  );
  showMenu(menu, anchor, event);

  function wants(path: VaultPath): boolean {
    const state = status.images().get(path);
    return state !== undefined && needsAttention(state);
  }
}
