import { ConfirmationModal, Notice } from "obsidian";
import type { ByteSource, ExportedFile } from "../../model";
import type { Surroundings } from "../surroundings";
import { tellRestored } from "./tell-restored";

/** Has the person choose the folder of a Google export, and puts missing images back out of it. */
export class ExportModal extends ConfirmationModal {
  constructor(around: Surroundings) {
    super(around.app);
    const { words, recovery, status } = around;
    this.setTitle(words.say("command.restore-export"));
    this.addClass("vib-export");
    const list = this.contentEl.createEl("ul", { cls: "vib-facts" });
    for (const fact of [words.say("restore.export"), words.say("restore.place")]) {
      list.createEl("li", { text: fact });
    }
    // A folder chosen in a file field may be read as a whole, and nothing beside it.
    const field = this.contentEl.createEl("input", {
      type: "file",
      attr: { webkitdirectory: "", multiple: "", "aria-label": words.say("restore.choose") },
    });
    field.hide();
    field.addEventListener("change", () => {
      const files = [...(field.files ?? [])].map(exportedFile);
      this.close();
      void recovery.restoreFrom(files).then((restored) => tellRestored(restored, around));
    });
    this.addButton((button) =>
      button
        .setButtonText(words.say("restore.choose"))
        .setCta()
        .onClick(() => {
          if (status.missing.peek().length > 0) {
            field.click();
            return true; // stays open until a folder is chosen
          }
          new Notice(words.say("notice.nothing-missing"));
          return false;
        }),
    ).addCancelButton(words.say("cancel"));
  }
}

function exportedFile(file: File): ExportedFile {
  const source: ByteSource = {
    size: file.size,
    slice: async (start, end) => new Uint8Array(await file.slice(start, end).arrayBuffer()),
  };
  return { name: file.name, source };
}
