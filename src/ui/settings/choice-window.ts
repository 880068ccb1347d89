import { Setting } from "obsidian";
import type { BackupSettings } from "../../model";
import { button } from "../button";
import { openDialog } from "../dialog";
import { follow, type Surroundings } from "../surroundings";
import { optionsOf } from "./choices";
import { FOLDER_LISTS, listedFolders, type FolderList } from "./folder-choice";
import { pickFolder } from "./folder-picker";
import { fillSavingRow } from "./saving-row";

/** What is backed up, and in which quality, in a window of its own: for first use, where no settings are open. */
export function openChoice(around: Surroundings): void {
  const { app, say, settings, chosen } = around;
  openDialog(app, say("steps.choose"), "vib-choice-modal", (el, life) => {
    for (const list of FOLDER_LISTS) {
      const place = el.createDiv();
      const show = (): void => {
        place.empty();
        showFolders(place, list, around);
      };
      follow(life, show, place);
    }
    new Setting(el)
      .setName(say("settings.quality"))
      .setHeading()
      .setDesc(say("settings.quality-desc"))
      .addDropdown((dropdown) =>
        dropdown
          .addOptions(optionsOf("quality", say))
          .setValue(chosen.peek().quality)
          .onChange((value) => void settings.change({ quality: value as BackupSettings["quality"] }))
          .selectEl.setAttr("aria-label", say("settings.quality")),
      );
    const saving = new Setting(el)
      .setName(say("settings.saving"))
      .setHeading()
      .setDesc(say("settings.saving-desc"));
    fillSavingRow(saving, life, around);
  });
}

function showFolders(parent: HTMLElement, list: FolderList, around: Surroundings): void {
  const { say, chosen } = around;
  const folders = chosen.value.folders[list];
  new Setting(parent)
    .setName(say(`settings.${list}`))
    .setHeading()
    .setDesc(folders.length === 0 ? say(`settings.${list}-empty`) : "")
    .addButton(button(say("settings.add-folder"), () => pickFolder(around, list)));
  for (const { name, desc, remove } of listedFolders(list, folders, around)) {
    new Setting(parent)
      .setName(name)
      .setDesc(desc)
      .addExtraButton((extra) =>
        extra.setIcon("x").setTooltip(say("settings.remove-folder", { name })).onClick(remove),
      );
  }
}
