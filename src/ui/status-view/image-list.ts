import { signal, type ReadonlySignal } from "@preact/signals-core";
import { Component, Platform } from "obsidian";
import type { VaultPath } from "../../model";
import { offer } from "../action";
import { elementOf } from "../element-of";
import { isNote } from "../front-note";
import { hiddenName } from "../hidden-name";
import { openImageMenu } from "../image-menu";
import { openFile } from "../open-file";
import { isMenuOpen } from "../show-menu";
import type { Surroundings } from "../surroundings";
import type { GroupRow, ImageRow, Row } from "./arrange";
import { addRow } from "./rows";

export interface ImageList {
  readonly el: HTMLElement;
  /** Whether it has a height: in a sidebar that is collapsed, or behind another tab, it has none. */
  readonly seen: ReadonlySignal<boolean>;
  readonly selected: ReadonlySignal<ReadonlySet<VaultPath>>;
  /** Takes in all images that are shown, in sight or not. */
  readonly selectAll: () => void;
  readonly unselect: () => void;
  /** Shows other rows; the scroll place stays. What is not among them is not selected any more. */
  show(rows: readonly Row[]): void;
}

/** What keys do. */
type Acts = Readonly<Record<string, (() => void) | undefined>>;

/** Heights in pixels; on phones a row is large enough for a finger. */
const HEIGHT = Platform.isMobile ? { group: 44, image: 60 } : { group: 32, image: 52 };

/** Rows are drawn so many pixels before and after what is in sight, so that a quick scroll meets no empty place. */
const OVERSCAN = 300;

/** The status bar lies over the end of a sidebar: so many pixels. */
const COVERED = 28;

/**
 * A tree of images in groups, of which only the rows in sight stand in the document; 50,000 rows cost no more than 50.
 *
 * @param fold  folds a group, or unfolds it where it is folded
 */
export function showImageList(
  parent: HTMLElement,
  life: Component,
  around: Surroundings,
  fold: (group: GroupRow) => void,
): ImageList {
  const selected = signal<ReadonlySet<VaultPath>>(new Set());
  const seen = signal(false);
  const el = parent.createDiv({
    cls: "vib-list",
    attr: {
      role: "tree",
      tabindex: 0,
      "aria-labelledby": hiddenName(parent, around.say("view.title")),
      "aria-multiselectable": "true",
    },
  });
  const space = el.createDiv({ cls: "vib-list-space", attr: { role: "none" } });
  /** The rows that stand in the document, by their keys. */
  const made = new Map<string, ReturnType<typeof make>>();
  /** Heights of rows that need attention, by why they do: there is room for all that is said of them. */
  const tall = new Map<string, number>();
  let rows: readonly Row[] = [];
  /** Where each row begins, and behind them where the last one ends; pixels from the top. */
  let starts = [0];
  /** Which row the keyboard is at; -1 for none. */
  let current = -1;

  const make = (row: Row): { readonly el: HTMLElement; readonly life: Component } => {
    const own = life.addChild(new Component());
    return { life: own, el: addRow(space, row, own, around) };
  };

  const startOf = (index: number): number => starts[index] ?? 0;

  /** The row at a height. */
  const indexAt = (height: number): number => {
    let low = 0;
    for (let high = rows.length; high - low > 1;) {
      const middle = (low + high) >>> 1;
      if (startOf(middle) <= height) low = middle;
      else high = middle;
    }
    return low;
  };

  const render = (): void => {
    space.setCssProps({ "--vib-space": `${(starts.at(-1) ?? 0) + COVERED}px` });
    const { scrollTop, clientHeight } = el;
    const first = indexAt(scrollTop - OVERSCAN);
    const end = clientHeight === 0 ? 0 : indexAt(scrollTop + clientHeight + OVERSCAN) + 1;
    const drawn = rows.slice(first, end).map((row) => ({ row, key: keyOf(row) }));
    const wanted = new Set(drawn.map(({ key }) => key));
    for (const [key, { life: own }] of made) {
      if (wanted.has(key)) continue;
      made.delete(key);
      life.removeChild(own);
    }
    let next = space.firstElementChild;
    let active: string | null = null;
    for (const [place, { row, key }] of drawn.entries()) {
      const index = first + place;
      const one = made.get(key) ?? make(row);
      made.set(key, one);
      const rowEl = one.el;
      rowEl.dataset["index"] = String(index);
      const isChosen = row.kind === "image" ? String(isSelected(row)) : null;
      rowEl.setAttrs({ "aria-posinset": row.at, "aria-setsize": row.of, "aria-selected": isChosen });
      const isCurrent = index === current;
      if (isCurrent) active = rowEl.id;
      rowEl.toggleClass("is-current", isCurrent);
      const start = startOf(index);
      const size = startOf(index + 1) - start;
      rowEl.setCssProps({ "--vib-row-start": `${start}px`, "--vib-row-size": `${size}px` });
      // The order of the document is the order that screen readers follow.
      if (rowEl !== next) space.insertBefore(rowEl, next);
      next = rowEl.nextElementSibling;
    }
    el.setAttr("aria-activedescendant", active);
  };

  const place = (): void => {
    let end = 0;
    starts = [end];
    for (const row of rows) starts.push((end += heightOf(row)));
    render();
  };

  const heightOf = (row: Row): number => {
    const known = row.wants === "" ? HEIGHT[row.kind] : tall.get(row.wants);
    if (known !== undefined) return known;
    const tried = make(row);
    const height = Math.max(HEIGHT.image, tried.el.offsetHeight);
    life.removeChild(tried.life);
    tall.set(row.wants, height);
    return height;
  };

  const resize = (): void => {
    seen.value = el.clientHeight > 0;
    tall.clear();
    place();
  };

  /** Puts the keyboard at a row, and scrolls just as far as it takes to have it in sight. */
  const moveTo = (index: number): void => {
    current = index;
    const bottom = startOf(index + 1) + COVERED;
    el.scrollTop = Math.min(startOf(index), Math.max(el.scrollTop, bottom - el.clientHeight));
    render();
  };

  const selectAll = (): void => void (selected.value = imagesIn(rows));

  const unselect = (): void => void (selected.value = new Set());

  const isSelected = ({ path }: Row): boolean => selected.peek().has(path);

  const toggle = ({ path }: Row): void => void (selected.value = toggled(selected.peek(), path));

  /** The note that shows a row's image: the one it stands under, else the first; empty for none. */
  const noteOf = ({ group, path }: Row): VaultPath =>
    isNote(group) ? group : (around.noteImages.notesShowing(path)[0] ?? "");

  /** Opens what a row stands for: a note, an image, or the note that asks for a missing one; a folder is folded. */
  const open = (row: Row): void => {
    if (row.kind === "group" && !around.app.vault.getFileByPath(row.path)) fold(row);
    else openFile(around.app, row.kind === "image" && row.away ? noteOf(row) : row.path, false);
  };

  const openMenu = (row: ImageRow, anchor: HTMLElement, at?: MouseEvent): void => {
    const unselected = isSelected(row) ? [] : [row];
    const select = offer(unselected, around.say("menu.select"), "check", () => toggle(row));
    openImageMenu(row.path, noteOf(row), anchor, around, select, at);
  };

  /** Takes in what stands between two rows, and both. */
  const selectBetween = (one: number, other: number): void => {
    const more = rows.slice(Math.min(one, other), Math.max(one, other) + 1);
    selected.value = new Set([...selected.peek(), ...imagesIn(more)]);
  };

  const indexOf = (event: Event): number =>
    Number(elementOf(event)?.closest<HTMLElement>(".vib-row")?.dataset["index"] ?? -1);

  const click = (event: MouseEvent): void => {
    const index = indexOf(event);
    const row = rows[index];
    if (!row) return;
    const from = current < 0 ? index : current;
    moveTo(index);
    const target = elementOf(event);
    if (row.kind === "image") {
      const more = target?.closest<HTMLElement>(".vib-row-more");
      if (more) openMenu(row, more);
      else if (event.shiftKey) selectBetween(from, index);
      // Once something is selected, a finger needs no key to select more.
      else if (event.ctrlKey || event.metaKey || selected.peek().size > 0) toggle(row);
      else open(row);
    } else if (target?.closest(".vib-fold")) fold(row);
    else open(row);
  };

  const contextMenu = (event: MouseEvent): void => {
    const index = indexOf(event);
    const row = rows[index];
    if (row?.kind !== "image") return;
    event.preventDefault();
    moveTo(index);
    openMenu(row, el, event);
  };

  const press = (event: KeyboardEvent): void => {
    const from = current;
    const row = rows[from];
    const to = (next: number): void => {
      moveTo(Math.max(0, Math.min(rows.length - 1, next)));
      if (event.shiftKey) selectBetween(from, current);
    };
    const menu = (): void => {
      if (row?.kind === "image") openMenu(row, made.get(keyOf(row))?.el ?? el);
    };
    /** Leaves an image for its group, or folds a group. */
    const out = (): void => {
      if (row?.kind === "image") to(current - row.at);
      else if (row?.folded === false) fold(row);
    };
    const into = (): void => {
      if (row?.kind === "group" && row.folded) fold(row);
      else to(current + 1);
    };
    const page = Math.max(1, Math.floor(el.clientHeight / HEIGHT.image) - 1);
    const rtl = el.win.getComputedStyle(el).direction === "rtl";
    const plain: Acts = {
      ArrowDown: () => to(current + 1),
      ArrowUp: () => to(current - 1),
      PageDown: () => to(current + page),
      PageUp: () => to(current - page),
      Home: () => to(0),
      End: () => to(rows.length - 1),
      [rtl ? "ArrowRight" : "ArrowLeft"]: row && out,
      [rtl ? "ArrowLeft" : "ArrowRight"]: row && into,
      Enter: row && (() => open(row)),
      " ": row && (() => (row.kind === "image" ? toggle(row) : fold(row))),
      Escape: selected.peek().size > 0 ? unselect : undefined,
      ContextMenu: menu,
      F10: event.shiftKey ? menu : undefined,
    };
    // What else is pressed with these is the app's.
    const acts: Acts = event.ctrlKey || event.metaKey ? { a: selectAll } : plain;
    const act = acts[event.key];
    if (!act || event.altKey || isMenuOpen()) return;
    event.preventDefault();
    act();
  };

  el.addEventListener("scroll", render, { passive: true });
  // Of the window that the list is in: it may be a pop-out.
  const { ResizeObserver } = el.win as typeof window;
  const sizes = new ResizeObserver(resize);
  sizes.observe(el);
  life.register(() => sizes.disconnect());
  life.register(selected.subscribe(render));
  life.registerDomEvent(el, "keydown", press);
  // Who comes by keyboard is to see where; a press tells its row itself.
  life.registerDomEvent(el, "focus", () => {
    if (current < 0 && el.matches(":focus-visible")) moveTo(0);
  });
  life.registerDomEvent(el, "click", click);
  life.registerDomEvent(el, "contextmenu", contextMenu);

  return {
    el,
    seen,
    selected,
    selectAll,
    unselect,
    show: (next) => {
      const before = rows[current];
      const found = next.findIndex((row) => isSame(row, before));
      // Where it has gone, the keyboard stays at its place.
      current = found < 0 ? Math.min(current, next.length - 1) : found;
      rows = next;
      // Nobody would see what is done with an image that is not shown any more.
      const shown = imagesIn(rows.filter(isSelected));
      if (shown.size < selected.peek().size) selected.value = shown;
      place();
    },
  };
}

/** The same set with a path taken in, or taken out where it was in. */
export function toggled(paths: ReadonlySet<VaultPath>, path: VaultPath): ReadonlySet<VaultPath> {
  const next = new Set(paths);
  if (!next.delete(path)) next.add(path);
  return next;
}

function imagesIn(rows: readonly Row[]): ReadonlySet<VaultPath> {
  return new Set(rows.filter(({ kind }) => kind === "image").map(({ path }) => path));
}

/** Whether two rows stand for the same thing, however it is doing. */
function isSame(one: Row, other: Row | undefined): boolean {
  return (
    one.kind === other?.kind &&
    one.path === other.path &&
    one.group === other.group &&
    one.away?.item.id === other.away?.item.id
  );
}

/** Rows of the same key are shown by the same element: all that a row shows but its place and its state, which may change. */
function keyOf(row: Row): string {
  const { kind, path, group, away } = row;
  const shown = kind === "group" && [row.by, row.images, row.folded];
  return JSON.stringify([kind, path, group, away?.is, away?.item.id, shown]);
}
