import { Component, Modal, Setting } from "obsidian";
import { follow, type Surroundings } from "../surroundings";
import { addFolder, FOLDER_LISTS, removeFolder, sayFolder, type FolderList } from "./folder-choice";
import { FolderPicker } from "./folder-picker";

/** Which folders are backed up, in a window of its own: for first use, where Obsidian's settings are not open. */
export class FoldersModal extends Modal {
  readonly #life = new Component();

  constructor(private readonly around: Surroundings) {
    super(around.app);
    this.setTitle(around.words.say("steps.choose"));
    this.modalEl.addClass("vib-folders-modal");
  }

  override onOpen(): void {
    this.#life.load();
    follow(this.#life, () => {
      const { folders } = this.around.chosen.value;
      this.contentEl.empty();
      for (const list of FOLDER_LISTS) this.#show(list, folders[list]);
    });
  }

  override onClose(): void {
    this.#life.unload();
    this.contentEl.empty();
  }

  #show(list: FolderList, folders: readonly string[]): void {
    const { around } = this;
    const { words } = around;
    new Setting(this.contentEl)
      .setName(words.say(`settings.${list}`))
      .setHeading()
      .setDesc(folders.length === 0 ? words.say(`settings.${list}-empty`) : "")
      .addButton((button) =>
        button
          .setButtonText(words.say("settings.add-folder"))
          .onClick(() =>
            new FolderPicker(around, folders, (path) => void addFolder(around, list, path)).open(),
          ),
      );
    for (const [index, path] of folders.entries()) {
      new Setting(this.contentEl)
        .setName(path)
        .setDesc(sayFolder(path, around))
        .addExtraButton((button) =>
          button
            .setIcon("x")
            .setTooltip(words.say("settings.remove-folder"))
            .onClick(() => void removeFolder(around, list, index)),
        );
    }
  }
}
