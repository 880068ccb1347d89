import { setTooltip, type Component } from "obsidian";
import { folderOf, isComing, nameOf, needsAttention } from "../../model";
import { isNote } from "../front-note";
import { iconOf, showIcon } from "../icons";
import { follow, type Surroundings } from "../surroundings";
import { sayImage } from "../wording";
import type { GroupRow, ImageRow, Row } from "./arrange";

/** Of what says nothing to a screen reader. */
const UNSAID = { "aria-hidden": "true" };

/** A name may run the other way than the app, and is cut off at its own end. */
const BY_ITSELF = { dir: "auto" };

let made = 0;

/** Puts one row into the list. It is there and follows the status for as long as `life` is loaded. */
export function addRow(parent: HTMLElement, row: Row, life: Component, around: Surroundings): HTMLElement {
  const el = parent.createDiv({ cls: ["vib-row", `vib-${row.kind}-row`], attr: { role: "treeitem" } });
  el.id = `vib-row-${(made += 1)}`;
  el.dataset["path"] = row.path;
  life.register(() => el.remove());
  if (row.kind === "group") fillGroup(el, row, around);
  else fillImage(el, row, life, around);
  return el;
}

function fillGroup(el: HTMLElement, { path, by, images, folded }: GroupRow, around: Surroundings): void {
  const { say, words } = around;
  const add = (name: string, text: string): HTMLElement =>
    el.createSpan({ cls: `vib-row-${name}`, text, attr: BY_ITSELF });
  el.setAttrs({ "aria-level": 1, "aria-expanded": String(!folded) });
  showIcon(el.createSpan({ cls: "vib-fold", attr: UNSAID }), folded ? "chevron-right" : "chevron-down");
  const whole = path || say(by === "note" ? "view.no-note" : "view.top");
  // A canvas shows its extension: a note beside it may have its name.
  setTooltip(add("name", isNote(path) ? nameOf(path).replace(/\.md$/i, "") : whole), whole);
  add("folder", isNote(path) ? folderOf(path) : "").setAttrs(UNSAID);
  add("count", words.number(images));
}

function fillImage(el: HTMLElement, { path, away }: ImageRow, life: Component, around: Surroundings): void {
  const { app, say, status } = around;
  el.setAttrs({ "aria-level": 2 });
  const thumb = el.createSpan({ cls: "vib-thumb", attr: UNSAID });
  const file = away ? null : app.vault.getFileByPath(path);
  /** The address of the file as it was when it was last shown; one that is written over has another. */
  let shown = "";
  const text = el.createDiv("vib-row-text");
  const name = text.createDiv({ cls: "vib-row-name", text: nameOf(path), attr: BY_ITSELF });
  name.id = `${el.id}n`;
  setTooltip(name, path);
  text.appendText(" ");
  const line = text.createDiv("vib-row-state");
  const icon = line.createSpan({ cls: "vib-row-icon", attr: UNSAID });
  const said = line.createSpan({ attr: BY_ITSELF });
  said.id = `${el.id}s`;
  // The name of the row for screen readers, without the tooltip of its state and the button beside it.
  el.setAttr("aria-labelledby", `${name.id} ${said.id}`);
  const more = el.createEl("button", {
    cls: "vib-row-more clickable-icon",
    attr: { "aria-label": say("row.menu"), tabindex: -1 },
  });
  showIcon(more, "more-vertical");
  follow(life, () => {
    const state = away ?? status.image(path).value;
    const { title, detail } = sayImage(state, around);
    const src = file ? app.vault.getResourcePath(file) : shown;
    if (src !== shown) {
      shown = src;
      thumb.empty();
      const image = thumb.createEl("img", { attr: { src, alt: "", loading: "lazy", decoding: "async" } });
      image.addEventListener("error", () => image.remove());
    }
    el.dataset["state"] = state?.is ?? "unknown";
    el.toggleClass("is-wanting", needsAttention(state));
    showIcon(icon, iconOf(state));
    const whole = detail === "" ? title : `${title} · ${detail}`;
    // What a good state always means is left to the tooltip.
    const isPlain = isComing(state) || detail === say("about.backed-up");
    said.setText(isPlain ? title : whole);
    setTooltip(line, whole);
  });
}
