import { signal, type Signal } from "@preact/signals-core";
import { Component, FileView, setTooltip, type View } from "obsidian";
import type { VaultPath } from "../model";
import { isNote, onFilesShown } from "./front-note";
import { iconOf, showIcon } from "./icons";
import { openNoteMenu } from "./note-menu";
import { follow, type Surroundings } from "./surroundings";
import { nameFor, sayNote } from "./wording";

/** The badge of one view, for as long as `life` is loaded. */
interface Badge {
  readonly life: Component;
  /** What the view shows now; `undefined` hides the badge. */
  readonly note: Signal<VaultPath | undefined>;
}

/** Puts a badge into the header of a note: an action with an icon and how many of its images are safe. */
function addBadge(view: FileView, path: VaultPath, around: Surroundings): Badge {
  const { say, words, status } = around;
  const life = view.addChild(new Component());
  const note = signal<VaultPath | undefined>(path);
  const el = view.addAction("vib-cloud", say("note.none"), (event) => {
    const shown = note.peek();
    if (shown !== undefined) openNoteMenu(shown, el, event, around);
  });
  life.register(() => el.remove());
  el.addClass("vib-note-badge");
  el.empty();
  const icon = el.createSpan("vib-note-badge-icon");
  const count = el.createSpan("vib-note-badge-count");
  follow(life, () => {
    const state = note.value === undefined ? undefined : status.note(note.value).value;
    el.toggle(state !== undefined && state.is !== "none");
    if (!state) return;
    el.dataset["state"] = state.is;
    showIcon(icon, iconOf(state));
    const { safe, of } = state;
    const shown = safe === of ? words.number(of) : `${words.number(safe)}/${words.number(of)}`;
    count.setText(shown);
    setTooltip(el, nameFor(shown, sayNote(state, say), say));
  });
  return { life, note };
}

/** Gives every open note and canvas its badge, in all windows, and takes it away when the plugin is unloaded. */
export function addNoteBadges(around: Surroundings): void {
  const { app, plugin } = around;
  const badges = new WeakMap<View, Badge>();
  const sync = (): void => {
    app.workspace.iterateAllLeaves(({ view }) => {
      if (!(view instanceof FileView)) return;
      const note = noteOf(view);
      const badge = badges.get(view);
      if (badge) badge.note.value = note;
      else if (note !== undefined) badges.set(view, addBadge(view, note, around));
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

function noteOf({ file }: FileView): VaultPath | undefined {
  return file && isNote(file.path) ? file.path : undefined;
}
