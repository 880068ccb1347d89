import type { ReadonlySignal } from "@preact/signals-core";
import { DropdownComponent, SearchComponent, type Component } from "obsidian";
import type { Totals } from "../../status";
import { hiddenName } from "../hidden-name";
import { follow, type Surroundings } from "../surroundings";
import type { Arrangement, Filter } from "./arrange";

/** How many images each filter takes in, in the order in which the filters stand. */
function countsOf({ found, wanting, ...states }: Totals): Readonly<Record<Filter, number>> {
  return { all: found + states.missing, attention: wanting, ...states };
}

/** How the list is asked for, and asks for it in another way. */
export interface Asking {
  readonly asked: ReadonlySignal<Arrangement>;
  readonly ask: (change: Partial<Arrangement>) => void;
}

/** The filters with their counts, the search field, and by what images are grouped. */
export function showFilters(
  parent: HTMLElement,
  life: Component,
  { asked, ask }: Asking,
  around: Surroundings,
): void {
  const { say, words, status } = around;
  const bar = parent.createDiv({
    cls: "vib-filters",
    attr: { role: "group", "aria-labelledby": hiddenName(parent, say("view.filters")) },
  });
  for (const filter of Object.keys(countsOf(status.totals.peek())) as Filter[]) {
    const el = bar.createEl("button", "vib-filter");
    el.dataset["filter"] = filter;
    el.createSpan({ text: say(`state.${filter}`) });
    el.appendText(" ");
    const count = el.createSpan("vib-filter-count");
    el.addEventListener("click", () => ask({ filter }));
    const show = (): void => {
      const n = countsOf(status.totals.value)[filter];
      const isChosen = asked.value.filter === filter;
      count.setText(words.number(n));
      el.setAttrs({ "aria-pressed": String(isChosen) });
      // An empty one is only in the way, but would take the focus with it.
      el.toggle(n > 0 || isChosen || filter === "all" || el.matches(":focus"));
    };
    follow(life, show);
    el.addEventListener("blur", show);
  }
  const tools = parent.createDiv("vib-tools");
  const search = new SearchComponent(tools)
    .setPlaceholder(say("view.search"))
    .onChange((query) => ask({ query }));
  search.inputEl.setAttr("aria-label", say("view.search"));
  const groups = new DropdownComponent(tools)
    .addOptions({ note: say("view.by-note"), folder: say("view.by-folder") })
    .onChange((value) => ask({ groupBy: value === "folder" ? "folder" : "note" }));
  groups.selectEl.addClass("vib-group-by");
  groups.selectEl.setAttr("aria-label", say("view.group-by"));
  follow(life, () => {
    const { query, groupBy } = asked.value;
    // What is being typed is left alone: a letter of several keys may not be finished.
    if (search.getValue() !== query) search.setValue(query);
    groups.setValue(groupBy);
  });
}
