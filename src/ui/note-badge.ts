import { signal, type ReadonlySignal, type Signal } from "@preact/signals-core";
import { Component, FileView, setTooltip, type ItemView } from "obsidian";
import type { Words } from "../i18n";
import type { NoteState, VaultPath } from "../model";
import { isNote, onFilesShown } from "./front-note";
import { iconOfNote, showIcon } from "./icons";
import { openNoteMenu } from "./note-menu";
import { follow, type Surroundings } from "./surroundings";
import { nameFor, sayNote } from "./wording";

/**
 * Puts a badge into the header of one note: an action with an icon and how many of its images are safe.
 *
 * @param path  the note that the view shows now; `undefined` hides the badge
 */
function addBadge(
  view: ItemView,
  life: Component,
  path: ReadonlySignal<VaultPath | undefined>,
  around: Surroundings,
): void {
  const { say, words, status } = around;
  const el = view.addAction("vib-cloud", say("note.none"), (event) => {
    const note = path.peek();
    if (note !== undefined) openNoteMenu(note, el, event, around);
  });
  life.register(() => el.remove());
  el.addClass("vib-note-badge");
  const icon = el.createSpan("vib-note-badge-icon");
  const count = el.createSpan("vib-note-badge-count");
  el.findAll(":scope > svg").forEach((svg) => svg.remove());
  follow(life, () => {
    const note = path.value === undefined ? undefined : status.note(path.value).value;
    el.toggle(note !== undefined && note.is !== "none");
    if (!note) return;
    el.dataset["state"] = note.is;
    showIcon(icon, iconOfNote(note));
    const shown = shortCount(note, words);
    count.setText(shown);
    setTooltip(el, nameFor(shown, sayNote(note, say), say));
  });
}

function shortCount(note: NoteState, words: Words): string {
  switch (note.is) {
    case "none":
      return "";
    case "safe":
      return words.number(note.of);
    case "partly":
    case "attention":
      return `${words.number(note.safe)}/${words.number(note.of)}`;
  }
}

/** Gives every open note and canvas its badge, in all windows, and takes it away when the plugin is unloaded. */
export function addNoteBadges(around: Surroundings): void {
  const { app, plugin } = around;
  const shown = new WeakMap<ItemView, Signal<VaultPath | undefined>>();
  const given = new Set<() => void>();
  const sync = (): void => {
    app.workspace.iterateAllLeaves(({ view }) => {
      if (!(view instanceof FileView)) return;
      const note = noteOf(view);
      const path = shown.get(view);
      if (path) path.value = note;
      else if (note !== undefined) give(view, signal(note));
    });
  };
  const give = (view: FileView, path: Signal<VaultPath | undefined>): void => {
    shown.set(view, path);
    const badge = view.addChild(new Component());
    const takeAway = (): void => void view.removeChild(badge);
    given.add(takeAway);
    badge.register(() => given.delete(takeAway));
    addBadge(view, badge, path, around);
  };
  onFilesShown(around, sync);
  plugin.registerEvent(app.workspace.on("layout-change", sync));
  plugin.register(() => {
    for (const takeAway of given) takeAway();
  });
}

function noteOf({ file }: FileView): VaultPath | undefined {
  return file && isNote(file.path) ? file.path : undefined;
}
