import { Component, Modal, Setting } from "obsidian";
import { follow, type Surroundings } from "../surroundings";
import { CHOICES, oneOf, optionsOf } from "./choices";
import { addFolder, FOLDER_LISTS, removeFolder, sayFolder, type FolderList } from "./folder-choice";
import { FolderPicker } from "./folder-picker";
import { fillSavingRow } from "./saving-row";

/** What is backed up, and in which quality, in a window of its own: for first use, where no settings are open. */
export class ChoiceModal extends Modal {
  readonly #life = new Component();

  constructor(private readonly around: Surroundings) {
    super(around.app);
    this.setTitle(around.words.say("steps.choose"));
    this.modalEl.addClass("vib-choice-modal");
  }

  override onOpen(): void {
    this.#life.load();
    const lists = this.contentEl.createDiv();
    follow(this.#life, () => {
      const { folders } = this.around.chosen.value;
      lists.empty();
      for (const list of FOLDER_LISTS) this.#show(lists, list, folders[list]);
    });
    this.#showQuality();
  }

  override onClose(): void {
    this.#life.unload();
    this.contentEl.empty();
  }

  #show(parent: HTMLElement, list: FolderList, folders: readonly string[]): void {
    const { around } = this;
    const { words } = around;
    new Setting(parent)
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
      new Setting(parent)
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

  #showQuality(): void {
    const { around, contentEl } = this;
    const { words, settings, chosen } = around;
    new Setting(contentEl)
      .setName(words.say("settings.quality"))
      .setHeading()
      .setDesc(words.say("settings.quality-desc"))
      .addDropdown((dropdown) =>
        dropdown
          .addOptions(optionsOf(words, "quality"))
          .setValue(chosen.peek().quality)
          .onChange((value) => {
            const quality = oneOf(CHOICES.quality, value);
            if (quality !== undefined) void settings.change({ quality });
          })
          .selectEl.setAttr("aria-label", words.say("settings.quality")),
      );
    const saving = new Setting(contentEl)
      .setName(words.say("settings.saving"))
      .setDesc(words.say("settings.saving-desc"));
    this.#life.register(fillSavingRow(saving, around));
  }
}
