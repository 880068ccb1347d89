import type { Component } from "obsidian";
import { addButton } from "../button";
import { imageActions } from "../image-actions";
import { follow, type Surroundings } from "../surroundings";
import type { ImageList } from "./image-list";

/** What can be done with all selected images at once. */
export function showSelection(
  parent: HTMLElement,
  life: Component,
  { selected, selectAll, unselect }: ImageList,
  around: Surroundings,
): void {
  const { say } = around;
  const el = parent.createDiv("vib-selection");
  follow(life, () => {
    const paths = [...selected.value];
    el.empty();
    if (paths.length === 0) return;
    el.createSpan({ text: say("view.selected", { n: paths.length }), attr: { role: "status" } });
    for (const { title, act } of imageActions(paths, around)) {
      addButton(el, title, () => {
        act();
        unselect();
      });
    }
    addButton(el, say("view.select-all"), () => {
      selectAll();
      // The bar is made anew, and with it the button that has the focus.
      el.querySelector<HTMLElement>(".vib-select-all")?.focus();
    }).setClass("vib-select-all");
    addButton(el, say("view.clear-selection"), unselect);
  });
}
