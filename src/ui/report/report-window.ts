import { normalizePath, Notice, Setting } from "obsidian";
import { button } from "../button";
import { openDialog } from "../dialog";
import { addField } from "../fields";
import type { Surroundings } from "../surroundings";
import { tellUndone } from "../tell-undone";
import { csvReport, markdownReport } from "./tables";

/** Asks where in the vault the report is to go, and writes it there; before the vault was looked through there is none. */
export function openReport(around: Surroundings): void {
  const { app, say, now, status } = around;
  if (!status.looked.peek()) {
    tellUndone(around);
    return;
  }
  openDialog(app, say("command.export-report"), "vib-report", (el, _life, close) => {
    // The day where the person is, as Swedes write it: ISO 8601.
    let path = `${say("view.title")} ${new Date(now()).toLocaleDateString("sv")}.csv`;
    const field = new Setting(el).setName(say("report.path")).setDesc(say("report.path-desc"));
    addField(field, say("report.path"), (text) =>
      text.setValue(path).onChange((typed) => {
        path = typed;
        field.setErrorMessage(null);
      }),
    );
    const write = async (): Promise<void> => {
      if (await writeReport(path, around)) close();
      else field.setErrorMessage(say("report.not-written"));
    };
    new Setting(el)
      .addButton(button(say("report.write"), write, "next"))
      .addButton(button(say("cancel"), close));
  });
}

async function writeReport(typed: string, around: Surroundings): Promise<boolean> {
  const { say, writeFile } = around;
  const path = normalizePath(typed.trim());
  const form = /\.(csv|md)$/i.exec(path)?.[1]?.toLowerCase();
  if (form === undefined) return false;
  const table = form === "csv" ? csvReport : markdownReport;
  const text = await table(around);
  if (!(await writeFile(path, new TextEncoder().encode(text)))) return false;
  new Notice(say("report.done", { path }));
  return true;
}
