import { signal } from "@preact/signals-core";
import { ItemView, type ViewStateResult, type WorkspaceLeaf } from "obsidian";
import { anObject, aText, readAs } from "../../model";
import { STATUS_VIEW } from "../open-status";
import { endOf, type Surroundings } from "../surroundings";
import { showAccountLine } from "./account-line";
import type { Arrangement, GroupRow } from "./arrange";
import { keepArranged } from "./arranger";
import { showFilters } from "./filters";
import { showImageList, toggled } from "./image-list";
import { showSelection } from "./selection-bar";
import { showStanding } from "./standing";
import { showSteps } from "./steps";

/** A state that asks for the images of a note, see `openStatus`. */
const ofNote = anObject({ note: aText });

/** How the whole backup stands, and every image with its state. */
export class StatusView extends ItemView {
  override icon = "vib-cloud";
  override navigation = false;
  readonly #asked = signal<Arrangement>({
    filter: "all",
    query: "",
    groupBy: "note",
    folded: new Set(),
  });
  readonly #ask = (change: Partial<Arrangement>): void => {
    this.#asked.value = { ...this.#asked.peek(), ...change };
  };

  constructor(
    leaf: WorkspaceLeaf,
    private readonly around: Surroundings,
  ) {
    super(leaf);
  }

  override getViewType(): string {
    return STATUS_VIEW;
  }

  override getDisplayText(): string {
    return this.around.say("view.title");
  }

  /** @param state  any may come, from a workspace that was saved or from another plugin */
  override async setState(state: unknown, result: ViewStateResult): Promise<void> {
    await super.setState(state, result);
    const asked = readAs(ofNote, state);
    if (asked) this.#ask({ query: asked.note, groupBy: "note", filter: "all", folded: new Set() });
  }

  protected override async onOpen(): Promise<void> {
    const { contentEl: el, around } = this;
    const end = endOf(this);
    // A view that a start brings back is opened before anything is known of it. A notice tells where that cannot be read.
    try {
      await around.settings.opened;
    } catch {
      return;
    }
    if (end.aborted) return;
    const asked = this.#asked;
    const ask = this.#ask;
    el.empty();
    el.addClass("vib-status-view");
    showStanding(el, this, around);
    showSteps(el, this, around);
    showAccountLine(el, this, around);
    showFilters(el, this, { asked, ask }, around);
    const empty = el.createDiv({ cls: "vib-empty", attr: { role: "status" } });
    const fold = ({ path }: GroupRow): void => ask({ folded: toggled(asked.peek().folded, path) });
    const list = showImageList(el, this, around, fold);
    showSelection(el, this, list, around);
    keepArranged(this, around, asked, list.seen, (rows) => {
      const isEmpty = rows.length === 0 && around.status.totals.peek().found > 0;
      empty.setText(isEmpty ? around.say(asked.peek().query === "" ? "view.empty" : "view.no-match") : "");
      list.show(rows);
    });
  }
}
