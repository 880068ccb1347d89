import type { ReadonlySignal } from "@preact/signals-core";
import { Platform, setTooltip } from "obsidian";
import type { VaultPath } from "../model";
import { iconOf, showIcon } from "./icons";
import { openNoteMenu } from "./note-menu";
import { openStatus } from "./open-status";
import { follow, type Surroundings } from "./surroundings";
import { nameFor, sayHeadline, sayNote } from "./wording";

/** On desktop: how the note in front stands, or the whole vault where no note with images is in front. */
export function addStatusBar(around: Surroundings, front: ReadonlySignal<VaultPath | undefined>): void {
  if (Platform.isMobile) return;
  const { plugin, status, say } = around;
  const el = plugin.addStatusBarItem();
  el.addClasses(["vib-status-bar", "mod-clickable"]);
  el.setAttrs({ role: "button", tabindex: 0 });
  const icon = el.createSpan("vib-status-bar-icon");
  const text = el.createSpan("vib-status-bar-text");
  const open = (): void => {
    const path = front.peek() ?? "";
    if (status.noteAt(path).is === "none") void openStatus(around);
    else openNoteMenu(path, el, around);
  };
  plugin.registerDomEvent(el, "click", open);
  plugin.registerDomEvent(el, "keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    el.click();
  });
  const show = (state: string, mark: string, shown: string, said: string): void => {
    el.dataset["state"] = state;
    showIcon(icon, mark);
    text.setText(shown);
    setTooltip(el, said, { placement: "top" });
  };
  follow(plugin, () => {
    const note = status.note(front.value ?? "").value;
    const headline = status.headline.value;
    if (note.is === "none") {
      const { title } = sayHeadline(around);
      show(headline.is, iconOf(headline), title, title);
    } else {
      const { safe, of } = note;
      const shown = say("note.short", { safe, of });
      show(note.is, iconOf(note), shown, nameFor(shown, sayNote(note, say), say));
    }
  });
}
