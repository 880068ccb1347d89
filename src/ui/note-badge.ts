import { signal } from "@preact/signals-core";
import { Component, FileView, setTooltip, type ItemView } from "obsidian";
import { extensionOf, type NoteState, type VaultPath } from "../model";
import { iconOfNote, showIcon } from "./icons";
import { openNoteMenu } from "./note-menu";
import { follow, type Surroundings } from "./surroundings";
import { nameFor, sayNote } from "./wording";

/** The badge in the header of one note: an action with an icon and how many of its images are safe. */
class NoteBadge extends Component {
  readonly #path = signal<VaultPath | undefined>(undefined);
  #el: HTMLElement | undefined;

  constructor(
    private readonly view: ItemView,
    private readonly around: Surroundings,
  ) {
    super();
  }

  /** Says which note the view shows now; `undefined` hides the badge. */
  show(path: VaultPath | undefined): void {
    this.#path.value = path;
  }

  override onload(): void {
    const { words, status } = this.around;
    const el = this.view.addAction("vib-cloud", words.say("note.none"), (event) => {
      const path = this.#path.peek();
      if (path !== undefined) openNoteMenu(path, el, event, this.around);
    });
    this.#el = el;
    el.addClass("vib-note-badge");
    const icon = el.createSpan({ cls: "vib-note-badge-icon" });
    const count = el.createSpan({ cls: "vib-note-badge-count" });
    el.findAll(":scope > svg").forEach((svg) => svg.remove());
    follow(this, () => {
      const path = this.#path.value;
      const note = path === undefined ? undefined : status.note(path).value;
      el.toggle(note !== undefined && note.is !== "none");
      if (note === undefined) return;
      el.dataset["state"] = note.is;
      showIcon(icon, iconOfNote(note));
      const shown = shortCount(note, (n) => words.number(n));
      count.setText(shown);
      setTooltip(el, nameFor(words, shown, sayNote(words, note)));
    });
  }

  override onunload(): void {
    this.#el?.remove();
  }
}

function shortCount(note: NoteState, number: (n: number) => string): string {
  switch (note.is) {
    case "none":
      return "";
    case "safe":
      return number(note.of);
    case "partly":
    case "attention":
      return `${number(note.safe)}/${number(note.of)}`;
  }
}

/** Gives every open note and canvas its badge, in all windows, and takes it away when the plugin is unloaded. */
export function addNoteBadges(around: Surroundings): void {
  const { app, plugin } = around;
  const badges = new WeakMap<ItemView, NoteBadge>();
  const given = new Set<() => void>();
  const sync = (): void => {
    app.workspace.iterateAllLeaves(({ view }) => {
      if (!(view instanceof FileView)) return;
      let badge = badges.get(view);
      if (badge === undefined) {
        if (noteOf(view) === undefined) return;
        badge = view.addChild(new NoteBadge(view, around));
        badges.set(view, badge);
        const one = badge;
        const takeAway = (): void => void view.removeChild(one);
        given.add(takeAway);
        badge.register(() => given.delete(takeAway));
      }
      badge.show(noteOf(view));
    });
  };
  app.workspace.onLayoutReady(sync);
  plugin.registerEvent(app.workspace.on("layout-change", sync));
  plugin.registerEvent(app.workspace.on("file-open", sync));
  plugin.registerEvent(app.vault.on("rename", sync));
  plugin.register(() => {
    for (const takeAway of [...given]) takeAway();
  });
}

function noteOf({ file }: FileView): VaultPath | undefined {
  return file !== null && ["md", "canvas"].includes(extensionOf(file.path)) ? file.path : undefined;
}
