import { Component, debounce, setTooltip } from "obsidian";
import type { VaultPath } from "../model";
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
  const { plugin, preferences } = around;
  follow(plugin, () => {
    if (!preferences.now.value.explorerMarks) return undefined;
    const life = plugin.addChild(new Component());
    markExplorers(life, around);
    return () => plugin.removeChild(life);
  });
}

/** Keeps the rows of all explorers marked until `life` ends. */
function markExplorers(life: Component, around: Surroundings): void {
  const { app, status } = around;
  let later: number | undefined;
  const explorers = (): readonly HTMLElement[] =>
    app.workspace
      .getLeavesOfType("file-explorer")
      .flatMap(({ isDeferred, view }) => (isDeferred ? [] : [view.containerEl]));
  const found = (selector: string): HTMLElement[] => explorers().flatMap((el) => el.findAll(selector));
  /** Marks the rows that are in the document, a few for each picture of the screen: there may be thousands. */
  const mark = (rows = found(ROW).values()): void => {
    window.clearTimeout(later);
    const began = performance.now();
    // An iterator of an array goes on where it was left.
    for (const row of rows) {
      markRow(row, around);
      if (performance.now() - began < SLICE) continue;
      later = window.setTimeout(() => mark(rows), REST_BETWEEN);
      break;
    }
    // Our own marks are no reason to begin anew.
    changes.takeRecords();
  };
  const markSoon = debounce(() => mark(), REST);
  const changes = new MutationObserver(markSoon);
  const lookFor = (): void => {
    for (const el of explorers()) changes.observe(el, { childList: true, subtree: true });
    markSoon();
  };
  life.registerEvent(app.workspace.on("layout-change", lookFor));
  lookFor();
  life.register(status.revision.subscribe(markSoon));
  life.register(() => {
    changes.disconnect();
    markSoon.cancel();
    window.clearTimeout(later);
    for (const one of found(".vib-explorer-mark")) one.remove();
  });
}

/** A row that says the same already is left alone. */
function markRow(row: HTMLElement, around: Surroundings): void {
  const { status, say } = around;
  const note = (): VaultPath => row.dataset["path"] ?? "";
  const state = status.noteAt(note());
  const said = state.is === "none" ? "" : sayNote(state, say);
  const known = row.querySelector<HTMLElement>(":scope > .vib-explorer-mark");
  if ((known?.dataset["said"] ?? "") === said) return;
  known?.remove();
  if (said === "") return;
  const mark = row.createSpan({ cls: "vib-explorer-mark", attr: { role: "button" } });
  mark.dataset["said"] = said;
  mark.dataset["state"] = state.is;
  showIcon(mark, iconOf(state));
  setTooltip(mark, said);
  // It is within the row, which would open its note.
  mark.addEventListener("click", (event) => {
    event.preventDefault();
    event.stopPropagation();
    openNoteMenu(note(), mark, event, around);
  });
}
