import { signal } from "@preact/signals-core";
import { setTooltip, type Component } from "obsidian";
import { isComing, nameOf, needsAttention, type VaultPath } from "../../model";
import { iconOf, showIcon } from "../icons";
import { openImageMenu } from "../image-menu";
import { follow, type Surroundings } from "../surroundings";
import { sayImage, sentences } from "../wording";

/**
 * Makes the small mark of one embedded image: its icon tells the state, its tooltip says it, a click opens what can be
 * done. It is there and follows the status for as long as `life` is loaded.
 *
 * @param find  finds the image, which may come, go and move under a text that stays; empty for none
 */
export function addImageMark(
  parent: HTMLElement,
  find: () => VaultPath,
  life: Component,
  around: Surroundings,
): HTMLElement {
  const { say, status, preferences } = around;
  const el = parent.createEl("button", {
    cls: "vib-image-mark",
    // In an editor the keyboard belongs to its text; it reaches the images by the note's badge.
    attr: { type: "button", tabindex: -1 },
  });
  const path = signal("");
  life.register(status.revision.subscribe(() => (path.value = find())));
  life.register(() => el.remove());
  follow(life, () => {
    const at = path.value;
    const state = status.image(at).value;
    el.dataset["path"] = at;
    const { imageMarks } = preferences.now.value;
    el.toggle(state !== undefined && imageMarks !== "never");
    if (state === undefined) return;
    const { title, detail } = sayImage(state, around);
    el.dataset["state"] = state.is;
    const isWanting = needsAttention(state);
    // Where nothing is to be done or awaited, the mark need not be seen all the time.
    el.toggleClass("is-quiet", imageMarks === "hover" && !isWanting && !isComing(state));
    el.toggleClass("is-wanting", isWanting);
    showIcon(el, iconOf(state));
    setTooltip(el, say("row.label", { name: nameOf(at), state: sentences(title, detail) }));
  });
  // The editor must not take the press for a move of the cursor.
  life.registerDomEvent(el, "mousedown", (event) => event.preventDefault());
  life.registerDomEvent(el, "click", (event) => {
    event.preventDefault();
    event.stopPropagation();
    openImageMenu(path.peek(), "", el, around);
  });
  return el;
}
