import { computed } from "@preact/signals-core";
import type { Component } from "obsidian";
import type { Action } from "../action";
import { addButton } from "../button";
import { imageActions } from "../image-actions";
import { redraw } from "../redraw";
import type { Surroundings } from "../surroundings";
import type { ImageList } from "./image-list";

/** What can be done with all selected images at once. */
export function showSelection(
  parent: HTMLElement,
  life: Component,
  { el: list, selected, selectAll, unselect }: ImageList,
  around: Surroundings,
): void {
  const { say, status } = around;
  const bar = parent.createDiv("vib-selection");
  // There all the time: what comes with its words is not told by screen readers.
  const count = bar.createSpan({ attr: { role: "status" } });
  const el = bar.createDiv();
  const actions = (): readonly Action[] => imageActions([...selected.peek()], around);
  // Not made anew for each image that goes up, but where something else can be done.
  const offered = computed(() =>
    JSON.stringify([selected.value.size, status.revision.value && actions()], ["title"]),
  );
  const draw = (): void => {
    el.empty();
    const n = selected.peek().size;
    count.setText(n > 0 ? say("view.selected", { n }) : "");
    if (n === 0) return;
    for (const [index, { title }] of actions().entries()) {
      addButton(el, title, () => {
        actions()[index]?.act();
        unselect();
      });
    }
    addButton(el, say("view.select-all"), selectAll);
    addButton(el, say("view.clear-selection"), unselect);
  };
  life.register(offered.subscribe(() => redraw(el, draw, list)));
}
