import type * as obs from "obsidian";
import { TFile } from "../vault/files";
import { DeferredView } from "../views/deferred-view";
import { EmptyView } from "../views/empty-view";
import type { View } from "../views/view";
import { WorkspaceItem, type WorkspaceMobileDrawer, type WorkspaceTabs } from "./items";
import type { Workspace } from "./workspace";

let nextId = 1;

export class WorkspaceLeaf extends WorkspaceItem {
  parent: WorkspaceTabs | WorkspaceMobileDrawer;
  view: View;
  hoverPopover: obs.HoverPopover | null = null;
  readonly _id = `leaf-${nextId++}`;
  readonly _workspace: Workspace;
  readonly _containerEl: HTMLElement;
  _pinned = false;
  _group: string | null = null;
  _activeAt = 0;
  _changing: Promise<unknown> = Promise.resolve();

  constructor(workspace: Workspace, parent: WorkspaceTabs | WorkspaceMobileDrawer, index?: number) {
    super();
    this._workspace = workspace;
    this.parent = parent;
    this._containerEl = createDiv("workspace-leaf");
    this._containerEl.addEventListener("mousedown", () => workspace.setActiveLeaf(this), { capture: true });
    this._containerEl.addEventListener("focusin", () => workspace.setActiveLeaf(this));
    this.view = new EmptyView(this);
    this._containerEl.append(this.view.containerEl);
    parent._strip.add(this, index);
    void this.view._open();
  }

  async openFile(file: obs.TFile, openState: obs.OpenViewState = {}): Promise<void> {
    const type = this._workspace._views.typeOf(file.extension);
    if (type === null) {
      await this._workspace._openOutside(file);
      return;
    }
    await this.setViewState({
      type,
      state: { ...openState.state, file: file.path },
      active: openState.active !== false,
    });
    if (openState.eState !== undefined) this.setEphemeralState(openState.eState);
  }

  async open(view: obs.View): Promise<View> {
    const next = view as View;
    const before = this.view;
    await before._close();
    before.containerEl.remove();
    this.view = next;
    this._containerEl.append(next.containerEl);
    await next._open();
    this._changed();
    return next;
  }

  getViewState(): obs.ViewState {
    if (this.view instanceof DeferredView) return this.view._state;
    return { type: this.view.getViewType(), state: this.view.getState(), pinned: this._pinned };
  }

  /** One after another: two callers that ask at once must not leave two views open. */
  setViewState(viewState: obs.ViewState, eState?: unknown): Promise<void> {
    const turn = this._changing.then(() => this._setViewState(viewState, eState));
    this._changing = turn.catch(() => undefined);
    return turn;
  }

  get isDeferred(): boolean {
    return this.view instanceof DeferredView;
  }

  async loadIfDeferred(): Promise<void> {
    if (this.view instanceof DeferredView) await this.setViewState(this.view._state);
  }

  getEphemeralState(): unknown {
    return this.view.getEphemeralState();
  }

  setEphemeralState(state: unknown): void {
    this.view.setEphemeralState(state);
  }

  togglePinned(): void {
    this.setPinned(!this._pinned);
  }

  setPinned(pinned: boolean): void {
    this._pinned = pinned;
    this.trigger("pinned-change", pinned);
  }

  setGroupMember(other: obs.WorkspaceLeaf): void {
    const member = other as unknown as WorkspaceLeaf;
    member._group ??= member._id;
    this.setGroup(member._group);
  }

  setGroup(group: string): void {
    this._group = group;
    this.trigger("group-change", group);
  }

  detach(): void {
    if (!this.parent._strip.leaves.includes(this)) return;
    this.parent._strip.remove(this);
    void this.view._close();
    this._workspace._leafGone(this);
  }

  getIcon(): string {
    return this.view.getIcon();
  }

  getDisplayText(): string {
    return this.view.getDisplayText();
  }

  onResize(): void {
    this.view.onResize();
  }

  _isFront(): boolean {
    return this.parent._strip.front === this;
  }

  _changed(): void {
    this.parent._strip.update(this);
    this._workspace._layoutChanged();
  }

  async _setViewState(viewState: obs.ViewState, eState?: unknown): Promise<void> {
    const { type, state = {} } = viewState;
    if (this.view.getViewType() !== type || this.view instanceof DeferredView) {
      await this.open(this._workspace._views.create(type, this));
    }
    const result: obs.ViewStateResult = { history: false };
    await this.view.setState(state, result);
    if (viewState.pinned !== undefined && viewState.pinned !== this._pinned) this.setPinned(viewState.pinned);
    if (eState !== undefined) this.setEphemeralState(eState);
    this._changed();
    if (viewState.active === true) this._workspace.setActiveLeaf(this, { focus: true });
    if (this._workspace.activeLeaf === this) this._workspace._fileMayHaveChanged();
  }

  /** Leaves the view for later: it is made when the leaf comes to the front. */
  _defer(viewState: obs.ViewState, title: string): void {
    this.view.containerEl.remove();
    this.view = new DeferredView(this, viewState, title);
    this._containerEl.append(this.view.containerEl);
    this.parent._strip.update(this);
  }

  _file(): TFile | null {
    const { file } = this.view as { file?: unknown };
    return file instanceof TFile ? file : null;
  }
}
