import { signal } from "@preact/signals-core";
import { Component, Platform } from "obsidian";
import type { VaultPath } from "../../model";
import { elementOf } from "../element-of";
import { follow, type Surroundings } from "../surroundings";
import { sameRow, type ImageRow, type Row } from "./arrange";
import { RowWindow } from "./row-window";
import { RowElement } from "./rows";

/** What the list tells its view. */
export interface ListEvents {
  /** A row was chosen: by a click, or by Enter. */
  open(row: Row): void;
  fold(group: VaultPath, folded: boolean): void;
  /** Asked for by a click at a place, or by the keyboard or a button beside `anchor`. */
  menu(row: ImageRow, anchor: HTMLElement, at?: MouseEvent): void;
}

/** Heights in pixels; on phones a row is large enough for a finger. What needs attention has room for its reason. */
const HEIGHT = Platform.isMobile
  ? { group: 44, image: 60, wanting: 96 }
  : { group: 32, image: 52, wanting: 88 };

/** So many rows are made at a time at most: the rest comes right after, so that no frame is late. */
const MOST_MADE = 16;

/** The status bar lies over the end of a sidebar: so many pixels. */
const COVERED = 28;

let lists = 0;

/** A tree of images in groups, of which only the rows in sight stand in the document; 50,000 rows cost no more than 50. */
export class ImageList extends Component {
  readonly selected = signal<ReadonlySet<VaultPath>>(new Set());
  readonly #el: HTMLElement;
  readonly #space: HTMLElement;
  readonly #window: RowWindow;
  readonly #shown = new Map<string, RowElement>();
  readonly #id = `vib-list-${(lists += 1)}`;
  #rows: readonly Row[] = [];
  #later: number | undefined;
  /** The row that the keyboard is at. */
  #current: Row | undefined;

  constructor(
    parent: HTMLElement,
    private readonly around: Surroundings,
    private readonly events: ListEvents,
  ) {
    super();
    this.#el = parent.createDiv({
      cls: "vib-list",
      attr: {
        role: "tree",
        tabindex: 0,
        "aria-label": around.words.say("view.list"),
        "aria-multiselectable": "true",
      },
    });
    this.#space = this.#el.createDiv({ cls: "vib-list-space", attr: { role: "none" } });
    this.#window = new RowWindow(this.#el);
  }

  override onload(): void {
    const look = (): void => {
      if (this.#window.look()) this.#render();
    };
    this.#el.addEventListener("scroll", look, { passive: true });
    // Of the window that the list is in: it may be a pop-out.
    const { ResizeObserver } = this.#el.win as typeof window;
    const sizes = new ResizeObserver(look);
    sizes.observe(this.#el);
    this.register(() => sizes.disconnect());
    this.register(() => window.clearTimeout(this.#later));
    this.registerDomEvent(this.#el, "keydown", (event) => this.#key(event));
    this.registerDomEvent(this.#el, "click", (event) => this.#click(event));
    this.registerDomEvent(this.#el, "contextmenu", (event) => {
      const row = this.#rowAt(event);
      if (row?.kind !== "image") return;
      event.preventDefault();
      this.#moveTo(row);
      this.events.menu(row, this.#el, event);
    });
    follow(this, () => this.#el.toggleClass("has-selection", this.selected.value.size > 0));
    this.#render();
  }

  override onunload(): void {
    this.#shown.clear();
    this.#el.remove();
  }

  /** Shows other rows; the scroll place stays. */
  show(rows: readonly Row[]): void {
    const before = this.#rows;
    this.#rows = rows;
    // Most changes change a state and move no row: then nothing is to be placed.
    if (sameRows(before, rows)) {
      this.#render();
      return;
    }
    this.#window.place(rows.map(heightOf));
    this.#render();
  }

  /** Takes an image into what is selected, or out of it. */
  toggle({ path }: ImageRow): void {
    const next = new Set(this.selected.peek());
    if (!next.delete(path)) next.add(path);
    this.selected.value = next;
  }

  #render(): void {
    this.#space.setCssProps({ "--vib-space": `${this.#window.height + COVERED}px` });
    const wanted = new Set<string>();
    let before: Element | null = null;
    const placed = [...this.#window.rows()];
    const unmade = placed.filter(({ index }) => !this.#shown.has(keyOf(this.#rows[index])));
    const making = new Set(unmade.sort((one, other) => one.away - other.away).slice(0, MOST_MADE));
    window.clearTimeout(this.#later);
    if (unmade.length > making.size) this.#later = window.setTimeout(() => this.#render());
    for (const place of placed) {
      const { index, start, size } = place;
      const row = this.#rows[index];
      if (row === undefined) continue;
      const key = keyOf(row);
      let shown = this.#shown.get(key);
      if (shown === undefined && !making.has(place)) continue;
      wanted.add(key);
      if (shown === undefined) {
        shown = new RowElement(this.#space, row, this.around, ({ path }) => this.selected.value.has(path));
        this.#shown.set(key, this.addChild(shown));
      }
      const { el } = shown;
      el.id = `${this.#id}-${index}`;
      el.dataset["index"] = String(index);
      el.setAttrs({ "aria-posinset": row.at, "aria-setsize": row.of });
      el.toggleClass("is-current", sameRow(row, this.#current));
      el.toggleClass("is-tall", heightOf(row) === HEIGHT.wanting);
      el.setCssProps({ "--vib-row-start": `${start}px`, "--vib-row-size": `${size}px` });
      // The order of the document is the order that screen readers follow.
      if (el.previousElementSibling !== before) {
        if (before === null) this.#space.prepend(el);
        else before.after(el);
      }
      before = el;
    }
    for (const [key, shown] of [...this.#shown]) {
      if (wanted.has(key)) continue;
      this.#shown.delete(key);
      this.removeChild(shown);
      shown.el.remove();
    }
    const current = this.#space.querySelector(":scope > .is-current")?.id ?? null;
    this.#el.setAttr("aria-activedescendant", current);
  }

  #rowAt(event: Event): Row | undefined {
    const index = elementOf(event)?.closest(".vib-row")?.getAttr("data-index") ?? null;
    return index === null ? undefined : this.#rows[Number(index)];
  }

  #click(event: MouseEvent): void {
    const row = this.#rowAt(event);
    if (row === undefined) return;
    const from = this.#current;
    this.#moveTo(row);
    const target = elementOf(event);
    if (row.kind === "image") {
      const more = target?.closest(".vib-row-more");
      if (more?.instanceOf(HTMLElement)) this.events.menu(row, more, event);
      else if (event.shiftKey) this.#selectBetween(from ?? row, row);
      // Once something is selected, a finger needs no key to select more.
      else if (event.ctrlKey || event.metaKey || this.selected.peek().size > 0) this.toggle(row);
      else this.events.open(row);
    } else if (target?.closest(".vib-fold") || row.path === "") this.events.fold(row.path, !row.folded);
    else this.events.open(row);
  }

  #key(event: KeyboardEvent): void {
    const index = this.#rows.findIndex((one) => sameRow(one, this.#current));
    const row = this.#rows[index];
    const to = (next: number): void => {
      const target = this.#rows[Math.max(0, Math.min(this.#rows.length - 1, next))];
      if (target !== undefined) this.#moveTo(target);
    };
    const page = Math.max(1, Math.floor(this.#el.clientHeight / HEIGHT.image) - 1);
    const rtl = this.#el.win.getComputedStyle(this.#el).direction === "rtl";
    const acts: Readonly<Record<string, (() => void) | undefined>> = {
      ArrowDown: () => to(index + 1),
      ArrowUp: () => to(index - 1),
      PageDown: () => to(index + page),
      PageUp: () => to(index - page),
      Home: () => to(0),
      End: () => to(this.#rows.length - 1),
      [rtl ? "ArrowRight" : "ArrowLeft"]: row && (() => this.#out(row, index)),
      [rtl ? "ArrowLeft" : "ArrowRight"]:
        row &&
        (() => (row.kind === "group" && row.folded ? this.events.fold(row.path, false) : to(index + 1))),
      Enter: row && (() => this.events.open(row)),
      " ": row?.kind === "image" ? () => this.toggle(row) : undefined,
      a: event.ctrlKey || event.metaKey ? () => this.#select(this.#rows) : undefined,
      Escape: this.selected.peek().size > 0 ? () => (this.selected.value = new Set()) : undefined,
      ContextMenu: row && (() => this.#menuAt(row, index)),
      F10: row && event.shiftKey ? () => this.#menuAt(row, index) : undefined,
    };
    const act = acts[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  }

  /** Leaves an image for its group, or folds a group. */
  #out(row: Row, index: number): void {
    if (row.kind === "group") {
      if (!row.folded) this.events.fold(row.path, true);
      return;
    }
    const group = this.#rows[index - row.at];
    if (group !== undefined) this.#moveTo(group);
  }

  #menuAt(row: Row, index: number): void {
    const el = this.#space.querySelector<HTMLElement>(`#${this.#id}-${index}`);
    if (row.kind === "image" && el !== null) this.events.menu(row, el);
  }

  #selectBetween(one: Row, other: Row): void {
    const [first = 0, last] = [one, other]
      .map((end) => this.#rows.findIndex((row) => sameRow(row, end)))
      .sort((a, b) => a - b);
    this.#select(this.#rows.slice(Math.max(0, first), (last ?? 0) + 1));
  }

  /** Takes images into what is selected. */
  #select(rows: readonly Row[]): void {
    const paths = rows.filter(({ kind }) => kind === "image").map(({ path }) => path);
    this.selected.value = new Set([...this.selected.peek(), ...paths]);
  }

  #moveTo(row: Row): void {
    this.#current = row;
    this.#window.reveal(this.#rows.indexOf(row), COVERED);
    this.#render();
  }
}

function sameRows(one: readonly Row[], other: readonly Row[]): boolean {
  return (
    one.length === other.length &&
    one.every((row, index) => {
      const then = other[index];
      return sameRow(row, then) && heightOf(row) === heightOf(then);
    })
  );
}

function heightOf(row: Row | undefined): number {
  return row?.kind === "image" && row.wants ? HEIGHT.wanting : HEIGHT[row?.kind ?? "image"];
}

/** Rows of the same key are shown by the same element. */
function keyOf(row: Row | undefined): string {
  if (row === undefined) return "";
  if (row.kind === "image") return `${row.group}\n${row.path}`;
  return `${row.path}\n\n${row.by} ${row.images} ${String(row.folded)}`;
}
