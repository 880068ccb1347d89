import { Component, setTooltip } from "obsidian";
import { folderOf, nameOf, needsAttention, stemOf } from "../../model";
import { iconOfImage, showIcon } from "../icons";
import { follow, type Surroundings } from "../surroundings";
import { awayImage } from "../recovery";
import { remarks, sayAway, sayImage, sayTold } from "../wording";
import type { GroupRow, ImageRow, Row } from "./arrange";

let texts = 0;

/** One row as it stands in the list. Its state follows the status for as long as it is loaded. */
export class RowElement extends Component {
  readonly el: HTMLElement;

  constructor(
    parent: HTMLElement,
    row: Row,
    private readonly around: Surroundings,
    isSelected: (row: ImageRow) => boolean,
  ) {
    super();
    this.el = parent.createDiv({ cls: ["vib-row", `vib-${row.kind}-row`], attr: { role: "treeitem" } });
    this.el.dataset["path"] = row.path;
    if (row.kind === "group") this.#buildGroup(row);
    else this.#buildImage(row, isSelected);
  }

  #buildGroup(row: GroupRow): void {
    const { words } = this.around;
    this.el.setAttrs({ "aria-level": 1, "aria-expanded": String(!row.folded) });
    const fold = this.el.createSpan({ cls: "vib-fold", attr: { "aria-hidden": "true" } });
    showIcon(fold, row.folded ? "chevron-right" : "chevron-down");
    const isFile = /\.(md|canvas)$/.test(row.path);
    const nameless = words.say(row.by === "note" ? "view.no-note" : "view.top");
    const title = row.path === "" ? nameless : isFile ? stemOf(row.path) : row.path;
    this.el.createSpan({ cls: "vib-row-name", text: title });
    const folder = isFile ? folderOf(row.path) : "";
    if (folder !== "") this.el.createSpan({ cls: "vib-row-folder", text: folder });
    this.el.createSpan({ cls: "vib-row-count", text: words.number(row.images) });
  }

  #buildImage(row: ImageRow, isSelected: (row: ImageRow) => boolean): void {
    const { app, words, status, now, signedIn } = this.around;
    this.el.setAttrs({ "aria-level": 2 });
    const thumb = this.el.createSpan({ cls: "vib-thumb", attr: { "aria-hidden": "true" } });
    const file = row.missing ? null : app.vault.getFileByPath(row.path);
    if (file !== null) {
      const attr = { src: app.vault.getResourcePath(file), alt: "", loading: "lazy", decoding: "async" };
      const image = thumb.createEl("img", { attr });
      image.addEventListener("error", () => image.remove(), { once: true });
    }
    // The name of the row for screen readers, without the button beside it.
    const text = this.el.createDiv({ cls: "vib-row-text", attr: { id: `vib-row-text-${(texts += 1)}` } });
    this.el.setAttr("aria-labelledby", text.id);
    text.createDiv({ cls: "vib-row-name", text: nameOf(row.path) });
    text.appendText(" ");
    const line = text.createDiv({ cls: "vib-row-state" });
    const icon = line.createSpan({ cls: "vib-row-icon", attr: { "aria-hidden": "true" } });
    const said = line.createSpan();
    const more = this.el.createEl("button", {
      cls: "vib-row-more clickable-icon",
      attr: { "aria-label": words.say("row.menu"), tabindex: -1 },
    });
    showIcon(more, "more-vertical");
    follow(this, () => {
      const state = status.image(row.path).value;
      const only = row.missing && awayImage(row.path, this.around)?.only === true;
      const isTold = state?.is === "backed-up" && signedIn.value.is !== "signed-in";
      const image = isTold ? sayTold(words, sayImage(words, state, now())) : sayImage(words, state, now());
      const { title, detail } = row.missing ? sayAway(words, only) : image;
      const isPlain =
        (state?.is === "backed-up" && !isTold && remarks(words, state) === "") ||
        state?.is === "uploading" ||
        state?.is === "waiting";
      this.el.dataset["state"] = only ? "only" : row.missing ? "missing" : (state?.is ?? "unknown");
      this.el.toggleClass("is-wanting", row.missing ? !only : state !== undefined && needsAttention(state));
      showIcon(icon, only ? "vib-safe" : row.missing ? "vib-removed" : iconOfImage(state));
      const whole = detail === "" ? title : `${title} · ${detail}`;
      said.setText(isPlain && !row.missing ? title : whole);
      setTooltip(line, whole);
    });
    follow(this, () => this.el.setAttrs({ "aria-selected": String(isSelected(row)) }));
  }
}
