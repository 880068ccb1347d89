import { computed } from "@preact/signals-core";
import { Component, debounce, setTooltip } from "obsidian";
import { elementOf } from "./element-of";
import { iconOf, showIcon } from "./icons";
import { openNoteMenu } from "./note-menu";
import { follow, type Surroundings } from "./surroundings";
import { sayNote } from "./wording";

/** Rows are marked anew this often at most, in milliseconds. */
const REST = 250;

/** Marking gives way after this long, and for this long, in milliseconds: the browser takes far longer to draw the marks. */
const SLICE = 2;
const REST_BETWEEN = 16;

const ROW = ".nav-file-title[data-path]";

/**
 * Marks beside notes in the file explorer, where the person wants them. Obsidian has no API for these rows: those that
 * are in the document are found by their data, and where they are not found nothing happens. Views that Obsidian has
 * not loaded yet are left asleep.
 */
export function addExplorerMarks(around: Surroundings): void {
  const { app, plugin, preferences } = around;
  let marks: Component | undefined;
  const marked = new Set<HTMLElement>();
  const sync = (): void => {
    if (!marks) return;
    for (const { isDeferred, view } of app.workspace.getLeavesOfType("file-explorer")) {
      if (isDeferred || marked.has(view.containerEl)) continue;
      marked.add(view.containerEl);
      const own = view.addChild(new Component());
      marks.register(() => view.removeChild(own));
      markExplorer(view.containerEl, own, around);
    }
  };
  plugin.registerEvent(app.workspace.on("layout-change", sync));
  const isWanted = computed(() => preferences.now.value.explorerMarks);
  follow(plugin, () => {
    const isOn = isWanted.value;
    if (marks) plugin.removeChild(marks);
    marked.clear();
    marks = isOn ? plugin.addChild(new Component()) : undefined;
    sync();
  });
}

/** Keeps the rows of one explorer marked until `life` ends. */
function markExplorer(el: HTMLElement, life: Component, around: Surroundings): void {
  let later: number | undefined;
  /** All that were made: Obsidian takes rows out of the document that are out of sight, and brings them back as they were. */
  const made = new Set<HTMLElement>();
  /** Marks the rows that are in the document, a few for each picture of the screen: there may be thousands. */
  const mark = (rows = el.findAll(ROW).values()): void => {
    window.clearTimeout(later);
    const began = performance.now();
    // An iterator of an array goes on where it was left.
    for (const row of rows) {
      markRow(row, made, around);
      if (performance.now() - began < SLICE) continue;
      later = window.setTimeout(() => mark(rows), REST_BETWEEN);
      break;
    }
    // Our own marks are no reason to begin anew.
    changes.takeRecords();
  };
  const markSoon = debounce(() => mark(), REST);
  const changes = new MutationObserver(markSoon);
  changes.observe(el, { childList: true, subtree: true });
  life.register(around.status.revision.subscribe(markSoon));
  // Before the row, which would open its note.
  life.registerDomEvent(el, "click", (event) => openMark(event, around), { capture: true });
  life.register(() => {
    changes.disconnect();
    markSoon.cancel();
    window.clearTimeout(later);
    for (const one of made) one.remove();
  });
}

/** A click on a mark opens the images of its note. */
function openMark(event: MouseEvent, around: Surroundings): void {
  const mark = elementOf(event)?.closest<HTMLElement>(".vib-explorer-mark");
  const note = mark?.closest<HTMLElement>(ROW)?.dataset["path"];
  if (!mark || note === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  openNoteMenu(note, mark, around);
}

/** A row that says the same already is left alone. */
function markRow(row: HTMLElement, made: Set<HTMLElement>, { status, say }: Surroundings): void {
  const note = status.noteAt(row.dataset["path"] ?? "");
  const said = note.is === "none" ? "" : sayNote(note, say);
  let mark = row.querySelector<HTMLElement>(":scope > .vib-explorer-mark");
  if ((mark?.dataset["said"] ?? "") === said) return;
  if (said === "") {
    mark?.remove();
    return;
  }
  made.add((mark ??= row.createSpan("vib-explorer-mark")));
  mark.dataset["said"] = said;
  mark.dataset["state"] = note.is;
  showIcon(mark, iconOf(note));
  setTooltip(mark, said);
}
