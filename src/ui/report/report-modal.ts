import { Modal, normalizePath, Notice, Setting } from "obsidian";
import type { Surroundings } from "../surroundings";
import { reportRows } from "./rows";
import { csvReport, markdownReport } from "./tables";

/** Asks where in the vault the report is to go, and writes it there. */
export class ReportModal extends Modal {
  #path: string;

  constructor(private readonly around: Surroundings) {
    super(around.app);
    const { words, now } = around;
    this.setTitle(words.say("command.export-report"));
    this.modalEl.addClass("vib-report");
    this.#path = `${words.say("view.title")} ${new Date(now()).toISOString().slice(0, 10)}.csv`;
  }

  override onOpen(): void {
    const { words } = this.around;
    const field = new Setting(this.contentEl)
      .setName(words.say("report.path"))
      .setDesc(words.say("report.path-desc"))
      .addText((text) => {
        text.setValue(this.#path).onChange((path) => {
          this.#path = path;
          field.setErrorMessage(null);
        });
        text.inputEl.setAttr("aria-label", words.say("report.path"));
      });
    field.settingEl.addClass("vib-roomy");
    new Setting(this.contentEl)
      .addButton((button) => button.setButtonText(words.say("cancel")).onClick(() => this.close()))
      .addButton((button) =>
        button
          .setButtonText(words.say("report.write"))
          .setCta()
          .onClick(async () => {
            if (await this.#write()) this.close();
            else field.setErrorMessage(words.say("report.not-written"));
          }),
      );
  }

  override onClose(): void {
    this.contentEl.empty();
  }

  async #write(): Promise<boolean> {
    const { words, writeFile } = this.around;
    const path = normalizePath(this.#path.trim());
    const form = /\.(csv|md)$/i.exec(path)?.[1]?.toLowerCase();
    if (form === undefined) return false;
    const rows = reportRows(this.around);
    const text = form === "csv" ? csvReport(words, rows) : markdownReport(words, rows);
    if ((await writeFile(path, new TextEncoder().encode(text))) !== "written") return false;
    new Notice(words.say("report.done", { path }));
    return true;
  }
}
