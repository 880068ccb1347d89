import { Setting, type Component } from "obsidian";
import { follow } from "../surroundings";
import type { AccountRow } from "./account-row";

/** Shows rows outside the settings tab, each while it is to be seen. */
export function showRows(parent: HTMLElement, life: Component, rows: readonly AccountRow[]): void {
  for (const row of rows) {
    const place = parent.createDiv();
    row.render(new Setting(place).setName(row.name).setDesc(row.desc), life);
    follow(life, () => place.toggle(row.visible()));
  }
}
