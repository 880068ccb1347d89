import { Component, debounce, setTooltip, type WorkspaceLeaf } from "obsidian";
import { elementOf } from "./element-of";
import { iconOfNote, showIcon } from "./icons";
import { openNoteMenu } from "./note-menu";
import { follow, type Surroundings } from "./surroundings";
import { sayNote } from "./wording";

/** Rows are marked anew this often at most, in milliseconds. */
const REST = 250;

/** Marking gives way after this long, and for this long, in milliseconds: the browser takes far longer to draw the marks. */
const SLICE = 2;
const REST_BETWEEN = 20;

const ROW = ".nav-file-title[data-path]";

/**
 * Marks beside notes in the file explorer, where the person wants them. Obsidian has no API for these rows: those that
 * are in the document are found by their data, and where they are not found nothing happens. Views that Obsidian has
 * not loaded yet are left asleep.
 */
export function addExplorerMarks(around: Surroundings): void {
  const { app, plugin, preferences } = around;
  let marks: Component | undefined;
  const marked = new Map<HTMLElement, ExplorerMarks>();
  const sync = (): void => {
    if (marks === undefined) return;
    for (const leaf of app.workspace.getLeavesOfType("file-explorer")) {
      const el = explorerOf(leaf);
      if (el !== undefined && !marked.has(el)) {
        marked.set(el, marks.addChild(new ExplorerMarks(el, around)));
      }
    }
  };
  plugin.registerEvent(app.workspace.on("layout-change", sync));
  app.workspace.onLayoutReady(() =>
    follow(plugin, () => {
      const isOn = preferences.now.value.explorerMarks;
      if (marks !== undefined) plugin.removeChild(marks);
      marked.clear();
      marks = isOn ? plugin.addChild(new Component()) : undefined;
      sync();
    }),
  );
}

function explorerOf(leaf: WorkspaceLeaf): HTMLElement | undefined {
  return leaf.isDeferred ? undefined : leaf.view.containerEl;
}

class ExplorerMarks extends Component {
  #later: number | undefined;
  #changes: MutationObserver | undefined;

  constructor(
    private readonly el: HTMLElement,
    private readonly around: Surroundings,
  ) {
    super();
  }

  override onload(): void {
    const mark = debounce(() => this.#mark(), REST);
    this.register(() => mark.cancel());
    this.register(() => window.clearTimeout(this.#later));
    this.#changes = new MutationObserver(() => mark());
    this.#changes.observe(this.el, { childList: true, subtree: true });
    this.register(() => this.#changes?.disconnect());
    this.register(this.around.status.revision.subscribe(() => mark()));
    // Before the row, which would open its note.
    this.registerDomEvent(this.el, "click", (event) => this.#open(event), { capture: true });
  }

  override onunload(): void {
    for (const mark of this.el.findAll(".vib-explorer-mark")) mark.remove();
  }

  /** A click on a mark opens the images of its note. */
  #open(event: MouseEvent): void {
    const mark = elementOf(event)?.closest<HTMLElement>(".vib-explorer-mark");
    const note = mark?.closest<HTMLElement>(ROW)?.dataset["path"];
    if (!mark || note === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    openNoteMenu(note, mark, event, this.around);
  }

  /** Marks the rows that are in the document, a few for each picture of the screen: there may be thousands. */
  #mark(rows = this.el.findAll(ROW).values()): void {
    window.clearTimeout(this.#later);
    const began = performance.now();
    for (let next = rows.next(); next.done !== true; next = rows.next()) {
      this.#markRow(next.value);
      if (performance.now() - began < SLICE) continue;
      this.#later = window.setTimeout(() => this.#mark(rows), REST_BETWEEN);
      break;
    }
    // Our own marks are no reason to begin anew.
    this.#changes?.takeRecords();
  }

  /** A row that says the same already is left alone. */
  #markRow(row: HTMLElement): void {
    const { status, words } = this.around;
    const note = status.note(row.dataset["path"] ?? "").peek();
    const said = note.is === "none" ? "" : sayNote(words, note);
    let mark = row.querySelector<HTMLElement>(":scope > .vib-explorer-mark");
    if ((mark?.dataset["said"] ?? "") === said) return;
    if (said === "") {
      mark?.remove();
      return;
    }
    mark ??= row.createSpan({ cls: "vib-explorer-mark", attr: { role: "button" } });
    mark.dataset["said"] = said;
    mark.dataset["state"] = note.is;
    showIcon(mark, iconOfNote(note));
    setTooltip(mark, said);
  }
}
