import { ConfirmationModal } from "obsidian";
import type { VaultPath } from "../../model";
import type { Surroundings } from "../surroundings";
import { tellRestored } from "./tell-restored";

/** Says what Google hands back, before images are put back into the vault. */
export class RestoreModal extends ConfirmationModal {
  constructor(around: Surroundings, paths: readonly VaultPath[]) {
    super(around.app);
    const { words, recovery } = around;
    this.setTitle(words.say("restore.title", { n: paths.length }));
    this.addClass("vib-restore");
    const list = this.contentEl.createEl("ul", { cls: "vib-facts" });
    for (const fact of [words.say("restore.copy"), words.say("restore.place")]) {
      list.createEl("li", { text: fact });
    }
    this.addButton((button) =>
      button
        .setButtonText(words.say("restore.confirm"))
        .setCta()
        .onClick(() => {
          void recovery.restore(paths).then((restored) => tellRestored(restored, around));
        }),
    ).addCancelButton(words.say("cancel"));
  }
}
