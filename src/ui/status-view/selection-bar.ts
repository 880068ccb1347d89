import type { Signal } from "@preact/signals-core";
import type { Component } from "obsidian";
import type { VaultPath } from "../../model";
import { addButton } from "../button";
import { startBackup } from "../first-use";
import { canTryAgain } from "../image-menu";
import { recoveryActions } from "../recovery";
import { follow, type Surroundings } from "../surroundings";

/** What can be done with all selected images at once. */
export function showSelection(
  parent: HTMLElement,
  life: Component,
  selected: Signal<ReadonlySet<VaultPath>>,
  around: Surroundings,
): void {
  const { words, status, commands } = around;
  const el = parent.createDiv({ cls: "vib-selection" });
  const clear = (): void => void (selected.value = new Set());
  follow(life, () => {
    const paths = [...selected.value];
    el.empty();
    el.toggle(paths.length > 0);
    if (paths.length === 0) return;
    el.createSpan({ text: words.say("view.selected", { n: paths.length }), attr: { role: "status" } });
    const waiting = paths.filter((path) => status.images().get(path)?.is === "waiting");
    const again = paths.filter((path) => canTryAgain(status.images().get(path)));
    const add = (label: string, act: () => void): void => {
      addButton(el, label, () => {
        act();
        clear();
      });
    };
    if (waiting.length > 0) {
      add(words.say("menu.back-up-images", { n: waiting.length }), () =>
        startBackup(around, { of: "images", paths: waiting }),
      );
    }
    if (again.length > 0) {
      add(words.say("menu.try-again"), () => commands.tryAgain({ of: "images", paths: again }));
    }
    for (const { title, act } of recoveryActions(paths, around)) add(title, act);
    add(words.say("view.clear-selection"), () => undefined);
  });
}
