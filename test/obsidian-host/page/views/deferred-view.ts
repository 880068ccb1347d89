import type * as obs from "obsidian";
import type { WorkspaceLeaf } from "../workspace/leaf";
import { View } from "./view";

/** Stands in a background tab for a view that is not made yet. */
export class DeferredView extends View {
  readonly _state: obs.ViewState;
  readonly _title: string;

  constructor(leaf: WorkspaceLeaf, state: obs.ViewState, title: string) {
    super(leaf);
    this._state = state;
    this._title = title;
  }

  override getViewType(): string {
    return this._state.type;
  }

  override getDisplayText(): string {
    return this._title;
  }

  override getState(): Record<string, unknown> {
    return this._state.state ?? {};
  }
}
