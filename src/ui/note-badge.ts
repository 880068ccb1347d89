import { signal, type Signal } from "@preact/signals-core";
import { Component, FileView, setTooltip, type View } from "obsidian";
import type { VaultPath } from "../model";
import { onFilesShown } from "./front-note";
import { iconOf, showIcon } from "./icons";
import { openNoteMenu } from "./note-menu";
import { follow, type Surroundings } from "./surroundings";
import { nameFor, sayNote } from "./wording";

interface Badge {
  /** The file that the view shows; the badge is hidden where it is no note with images. */
  readonly file: Signal<VaultPath>;
  readonly life: Component;
}

/** Puts a badge into the header of a view: an action with an icon and how many of the note's images are safe. */
function addBadge(view: FileView, around: Surroundings): Badge {
  const { say, words, status } = around;
  const life = view.addChild(new Component());
  const file = signal("");
  const el = view.addAction("vib-cloud", say("note.none"), () => openNoteMenu(file.peek(), el, around));
  life.register(() => el.remove());
  el.addClass("vib-note-badge");
  el.empty();
  const icon = el.createSpan("vib-note-badge-icon");
  const count = el.createSpan("vib-note-badge-count");
  follow(life, () => {
    const note = status.note(file.value).value;
    const { is, safe, of } = note;
    el.toggle(is !== "none");
    el.dataset["state"] = is;
    showIcon(icon, iconOf(note));
    const shown = safe === of ? words.number(of) : `${words.number(safe)}/${words.number(of)}`;
    count.setText(shown);
    setTooltip(el, nameFor(shown, sayNote(note, say), say));
  });
  return { file, life };
}

/** Gives every open note and canvas its badge, in all windows, and takes it away when the plugin is unloaded. */
export function addNoteBadges(around: Surroundings): void {
  const { app, plugin } = around;
  const badges = new WeakMap<View, Badge>();
  const sync = (): void => {
    app.workspace.iterateAllLeaves(({ view }) => {
      // Panes such as the outline follow another view's file.
      if (!(view instanceof FileView && view.navigation)) return;
      const badge = badges.get(view) ?? addBadge(view, around);
      badges.set(view, badge);
      badge.file.value = view.file?.path ?? "";
    });
  };
  onFilesShown(around, sync);
  plugin.registerEvent(app.workspace.on("layout-change", sync));
  plugin.register(() =>
    app.workspace.iterateAllLeaves(({ view }) => {
      const badge = badges.get(view);
      if (badge) view.removeChild(badge.life);
    }),
  );
}
