import type { Signal } from "@preact/signals-core";
import { SearchComponent, type Component } from "obsidian";
import type { TextKey } from "../../i18n";
import { stemOf } from "../../model";
import { follow, type Surroundings } from "../surroundings";
import type { Arrangement, Filter } from "./arrange";

const FILTERS = {
  all: "view.all",
  attention: "view.attention",
  waiting: "state.waiting",
  uploading: "state.uploading",
  "backed-up": "state.backed-up",
  skipped: "state.skipped",
  failed: "state.failed",
  removed: "state.removed",
  missing: "state.missing",
  only: "view.only",
} as const satisfies Record<Filter, TextKey>;

/** The filters with their counts, the search field, and by what images are grouped. */
export function showFilters(
  parent: HTMLElement,
  life: Component,
  asked: Signal<Arrangement>,
  around: Surroundings,
): void {
  const { say } = around;
  const bar = parent.createDiv({
    cls: "vib-filters",
    attr: { role: "group", "aria-label": say("view.filters") },
  });
  for (const filter of Object.keys(FILTERS) as Filter[]) addFilter(bar, filter, life, asked, around);
  const tools = parent.createDiv({ cls: "vib-tools" });
  const search = new SearchComponent(tools).setPlaceholder(say("view.search"));
  search.inputEl.setAttr("aria-label", say("view.search"));
  search.onChange((query) => (asked.value = { ...asked.peek(), query }));
  const group = tools.createEl("select", {
    cls: "dropdown vib-group-by",
    attr: { "aria-label": say("view.group-by") },
  });
  group.createEl("option", { value: "note", text: say("view.by-note") });
  group.createEl("option", { value: "folder", text: say("view.by-folder") });
  life.registerDomEvent(group, "change", () => {
    asked.value = { ...asked.peek(), groupBy: group.value === "folder" ? "folder" : "note" };
  });
  const only = parent.createDiv({ cls: "vib-only" });
  const name = only.createSpan();
  const all = only.createEl("button", { cls: "vib-link", text: say("view.show-all") });
  life.registerDomEvent(all, "click", () => (asked.value = { ...asked.peek(), onlyNote: undefined }));
  follow(life, () => {
    const { onlyNote } = asked.value;
    only.toggle(onlyNote !== undefined);
    if (onlyNote !== undefined) name.setText(say("view.only-note", { note: stemOf(onlyNote) }));
  });
}

function addFilter(
  bar: HTMLElement,
  filter: Filter,
  life: Component,
  asked: Signal<Arrangement>,
  around: Surroundings,
): void {
  const { say, words } = around;
  const el = bar.createEl("button", { cls: "vib-filter" });
  el.dataset["filter"] = filter;
  el.createSpan({ text: say(FILTERS[filter]) });
  el.appendText(" ");
  const count = el.createSpan({ cls: "vib-filter-count" });
  life.registerDomEvent(el, "click", () => (asked.value = { ...asked.peek(), filter }));
  follow(life, () => {
    const n = countOf(filter, around);
    const isChosen = asked.value.filter === filter;
    count.setText(words.number(n));
    el.setAttrs({ "aria-pressed": String(isChosen) });
    // An empty one is only in the way.
    el.toggle(n > 0 || isChosen || filter === "all");
  });
}

function countOf(filter: Filter, { status }: Surroundings): number {
  const totals = status.totals.value;
  switch (filter) {
    case "all":
      return totals.found + status.missing.value.length;
    case "attention":
      return status.wanting.value;
    case "missing":
      return status.missing.value.length;
    case "only":
      return status.only.value.length;
    case "backed-up":
      return totals.backedUp;
    case "waiting":
    case "uploading":
    case "skipped":
    case "failed":
    case "removed":
      return totals[filter];
  }
}
