import type * as obs from "obsidian";
import type { App } from "../obsidian/app";
import { debounce, type Debouncer } from "../obsidian/debounce";
import { Events } from "../obsidian/events";
import { parseLinktext } from "../obsidian/paths";
import type { TFile } from "../vault/files";
import { MarkdownView } from "../views/markdown-view";
import type { View } from "../views/view";
import { ViewRegistry } from "../views/view-registry";
import { buildWorkspace, type WorkspaceParts } from "./build-workspace";
import {
  WorkspaceMobileDrawer,
  type WorkspaceParent,
  WorkspaceSidedock,
  WorkspaceSplit,
  WorkspaceTabs,
  type WorkspaceFloating,
  type WorkspaceRibbon,
  type WorkspaceRoot,
  type WorkspaceWindow,
} from "./items";
import { readLayout, restoreLayout, type Layout } from "./layout";
import { WorkspaceLeaf } from "./leaf";
import { openPopout } from "./pop-out";

type SideSplit = WorkspaceSidedock | WorkspaceMobileDrawer;

const saveLayoutDelay = 500;

export class Workspace extends Events {
  leftSplit: SideSplit;
  rightSplit: SideSplit;
  leftRibbon: WorkspaceRibbon;
  rightRibbon: WorkspaceRibbon;
  rootSplit: WorkspaceRoot;
  activeLeaf: WorkspaceLeaf | null = null;
  containerEl: HTMLElement;
  layoutReady = false;
  requestSaveLayout: Debouncer<[], Promise<void>>;
  readonly _app: App;
  readonly _views = new ViewRegistry();
  readonly _floating: WorkspaceFloating;
  readonly _parts: WorkspaceParts;
  _whenReady: (() => unknown)[] = [];
  _lastFile: TFile | null = null;
  _recentPaths: string[] = [];
  _layoutTold = true;
  _clock = 0;

  constructor(app: App, el: HTMLElement) {
    super();
    this._app = app;
    this._parts = buildWorkspace(app, el);
    this.containerEl = this._parts.el;
    this.rootSplit = this._parts.root;
    this.leftSplit = this._parts.left;
    this.rightSplit = this._parts.right;
    this.leftRibbon = this._parts.ribbon;
    this.rightRibbon = this._parts.ribbon;
    this._floating = this._parts.floating;
    this.requestSaveLayout = debounce(() => this._saveLayout(), saveLayoutDelay, true);
  }

  onLayoutReady(callback: () => unknown): void {
    if (this.layoutReady) callback();
    else this._whenReady.push(callback);
  }

  changeLayout(workspace: unknown): Promise<void> {
    for (const leaf of this._allLeaves()) leaf.detach();
    return restoreLayout(this, workspace as Layout);
  }

  getLayout(): Record<string, unknown> {
    return { ...readLayout(this) };
  }

  createLeafInParent(parent: obs.WorkspaceSplit, index: number): WorkspaceLeaf {
    const split = parent as unknown as WorkspaceSplit;
    return this._leafIn(split._addTabs(index));
  }

  createLeafBySplit(
    leaf: obs.WorkspaceLeaf,
    direction: obs.SplitDirection = "vertical",
    before = false,
  ): WorkspaceLeaf {
    const tabs = (leaf as unknown as WorkspaceLeaf).parent;
    if (!(tabs instanceof WorkspaceTabs)) return this._leafIn(tabs);
    const { parent } = tabs;
    const at = parent._children.indexOf(tabs);
    if (parent._direction === direction) return this._leafIn(parent._addTabs(before ? at : at + 1));
    // The group of tabs and its new neighbour share the place that the group had alone.
    parent._take(tabs);
    const split = parent._addSplit(at, direction);
    split._children.push(tabs);
    split._el.append(tabs._el);
    tabs.parent = split;
    return this._leafIn(split._addTabs(before ? 0 : 1));
  }

  splitActiveLeaf(direction?: obs.SplitDirection): WorkspaceLeaf {
    return this.getLeaf("split", direction);
  }

  async duplicateLeaf(
    leaf: obs.WorkspaceLeaf,
    leafType?: obs.PaneType | boolean | obs.SplitDirection,
    direction?: obs.SplitDirection,
  ): Promise<WorkspaceLeaf> {
    const isDirection = leafType === "vertical" || leafType === "horizontal";
    const copy = isDirection ? this.getLeaf("split", leafType) : this.getLeaf(leafType ?? "split", direction);
    await copy.setViewState(leaf.getViewState());
    return copy;
  }

  getUnpinnedLeaf(): WorkspaceLeaf {
    return this.getLeaf(false);
  }

  getLeaf(newLeaf: obs.PaneType | boolean = false, direction?: obs.SplitDirection): WorkspaceLeaf {
    if (newLeaf === "window") return this.openPopoutLeaf();
    const recent = this.getMostRecentLeaf();
    if (recent === null) return this._leafIn(this.rootSplit._addTabs());
    if (newLeaf === "split") return this.createLeafBySplit(recent, direction);
    if (newLeaf !== false)
      return this._leafIn(recent.parent, recent.parent._strip.leaves.indexOf(recent) + 1);
    const usable = !recent._pinned && (recent.view.navigation || recent.view.getViewType() === "empty");
    return usable ? recent : this._leafIn(recent.parent);
  }

  moveLeafToPopout(leaf: obs.WorkspaceLeaf, data?: obs.WorkspaceWindowInitData): WorkspaceWindow {
    return openPopout(this, leaf as unknown as WorkspaceLeaf, data);
  }

  openPopoutLeaf(data?: obs.WorkspaceWindowInitData): WorkspaceLeaf {
    const leaf = this._leafIn(this._firstTabs());
    openPopout(this, leaf, data);
    return leaf;
  }

  async openLinkText(
    linktext: string,
    sourcePath: string,
    newLeaf?: obs.PaneType | boolean,
    openViewState?: obs.OpenViewState,
  ): Promise<void> {
    const { path } = parseLinktext(linktext);
    const file = this._app.metadataCache.getFirstLinkpathDest(path, sourcePath);
    const target = file ?? (await this._app.vault.create(path.endsWith(".md") ? path : `${path}.md`, ""));
    await this.getLeaf(newLeaf).openFile(target, openViewState);
  }

  setActiveLeaf(leaf: obs.WorkspaceLeaf, params?: { focus?: boolean } | boolean, focus?: boolean): void {
    const next = leaf as unknown as WorkspaceLeaf;
    const wantsFocus = typeof params === "object" ? params.focus === true : focus === true;
    if (!next._isFront()) next.parent._strip.select(next);
    next._activeAt = ++this._clock;
    if (this.activeLeaf !== next) {
      this.activeLeaf?._containerEl.removeClass("mod-active");
      this.activeLeaf = next;
      next._containerEl.addClass("mod-active");
      this.trigger("active-leaf-change", next);
      this._fileMayHaveChanged();
      this._layoutChanged();
    }
    if (wantsFocus && next.view instanceof MarkdownView) next.view.editor.focus();
  }

  get activeEditor(): MarkdownView | null {
    return this.activeLeaf?.view instanceof MarkdownView ? this.activeLeaf.view : null;
  }

  getLeafById(id: string): WorkspaceLeaf | null {
    return this._allLeaves().find((leaf) => leaf._id === id) ?? null;
  }

  getGroupLeaves(group: string): WorkspaceLeaf[] {
    return this._allLeaves().filter((leaf) => leaf._group === group);
  }

  getMostRecentLeaf(root?: obs.WorkspaceParent): WorkspaceLeaf | null {
    const own = root as unknown as WorkspaceParent | undefined;
    const leaves =
      own === undefined ? [...this.rootSplit._leaves(), ...this._floating._leaves()] : own._leaves();
    return leaves.reduce<WorkspaceLeaf | null>(
      (best, leaf) => (best === null || leaf._activeAt > best._activeAt ? leaf : best),
      null,
    );
  }

  getLeftLeaf(_split: boolean): WorkspaceLeaf | null {
    return this._leafIn(
      this.leftSplit instanceof WorkspaceMobileDrawer ? this.leftSplit : this.leftSplit._tabs,
    );
  }

  getRightLeaf(_split: boolean): WorkspaceLeaf | null {
    return this._leafIn(
      this.rightSplit instanceof WorkspaceMobileDrawer ? this.rightSplit : this.rightSplit._tabs,
    );
  }

  async ensureSideLeaf(
    type: string,
    side: obs.Side,
    options: { active?: boolean; split?: boolean; reveal?: boolean; state?: unknown } = {},
  ): Promise<WorkspaceLeaf> {
    const split = side === "left" ? this.leftSplit : this.rightSplit;
    let leaf = split._leaves().find((other) => other.view.getViewType() === type);
    if (leaf === undefined) {
      leaf = (side === "left" ? this.getLeftLeaf(false) : this.getRightLeaf(false)) as WorkspaceLeaf;
      await leaf.setViewState({ type, state: (options.state ?? {}) as Record<string, unknown> });
    } else await leaf.loadIfDeferred();
    if (options.reveal !== false) await this.revealLeaf(leaf);
    if (options.active === true) this.setActiveLeaf(leaf, { focus: true });
    return leaf;
  }

  getActiveViewOfType<T extends obs.View>(type: obs.Constructor<T>): T | null {
    const view: unknown = this.activeLeaf?.view;
    return view instanceof type ? view : null;
  }

  getActiveFile(): TFile | null {
    const recent = this.getMostRecentLeaf()?._file() ?? null;
    return this.activeLeaf?._file() ?? recent;
  }

  iterateRootLeaves(callback: (leaf: WorkspaceLeaf) => unknown): void {
    for (const leaf of [...this.rootSplit._leaves()]) callback(leaf);
  }

  iterateAllLeaves(callback: (leaf: WorkspaceLeaf) => unknown): void {
    for (const leaf of this._allLeaves()) callback(leaf);
  }

  getLeavesOfType(viewType: string): WorkspaceLeaf[] {
    return this._allLeaves().filter((leaf) => leaf.view.getViewType() === viewType);
  }

  detachLeavesOfType(viewType: string): void {
    for (const leaf of this.getLeavesOfType(viewType)) leaf.detach();
  }

  async revealLeaf(leaf: obs.WorkspaceLeaf): Promise<void> {
    const own = leaf as unknown as WorkspaceLeaf;
    for (const side of [this.leftSplit, this.rightSplit]) if (side._leaves().includes(own)) side.expand();
    own.parent._strip.select(own);
    await own.loadIfDeferred();
    this._layoutChanged();
  }

  getLastOpenFiles(): string[] {
    return this._recentPaths.slice(0, 10);
  }

  updateOptions(): void {
    for (const leaf of this._allLeaves()) if (leaf.view instanceof MarkdownView) leaf.view._reconfigure();
  }

  handleLinkContextMenu(
    menu: obs.Menu,
    linktext: string,
    sourcePath: string,
    leaf?: obs.WorkspaceLeaf,
  ): boolean {
    const file = this._app.metadataCache.getFirstLinkpathDest(parseLinktext(linktext).path, sourcePath);
    if (file === null) return false;
    this.trigger("file-menu", menu, file, "link-context-menu", leaf);
    return true;
  }

  _allLeaves(): WorkspaceLeaf[] {
    const parts: WorkspaceParent[] = [this.rootSplit, this._floating, this.leftSplit, this.rightSplit];
    return parts.flatMap((part) => part._leaves());
  }

  _leafIn(parent: WorkspaceTabs | WorkspaceMobileDrawer, index?: number): WorkspaceLeaf {
    const leaf = new WorkspaceLeaf(this, parent, index);
    this._layoutChanged();
    return leaf;
  }

  _firstTabs(): WorkspaceTabs {
    const recent = this.getMostRecentLeaf(this.rootSplit)?.parent;
    return recent instanceof WorkspaceTabs ? recent : this.rootSplit._addTabs();
  }

  _leafGone(leaf: WorkspaceLeaf): void {
    const tabs = leaf.parent;
    if (tabs instanceof WorkspaceTabs && tabs._strip.leaves.length === 0) this._tabsEmpty(tabs);
    if (this.activeLeaf === leaf) {
      this.activeLeaf = null;
      const next = this.getMostRecentLeaf();
      if (next !== null) this.setActiveLeaf(next);
      else this.trigger("active-leaf-change", null);
    }
    this._layoutChanged();
  }

  _tabsEmpty(tabs: WorkspaceTabs): void {
    const { parent } = tabs;
    if (parent === this.rootSplit && parent._children.length === 1) return void this._leafIn(tabs);
    if (parent instanceof WorkspaceSidedock) return parent.collapse();
    parent._take(tabs);
    if (parent._children.length === 0 && parent.parent instanceof WorkspaceSplit) parent.parent._take(parent);
    const popout = this._floating._windows.find((window) => (window as WorkspaceSplit) === parent);
    if (popout !== undefined && parent._children.length === 0) popout.win.close();
  }

  _fileMayHaveChanged(): void {
    const file = this.activeLeaf?._file() ?? null;
    if (file === this._lastFile) return;
    // A view without a file, such as a sidebar's, leaves the file in front as it was.
    if (
      file === null &&
      this.activeLeaf?.view.navigation === false &&
      this.activeLeaf.view.getViewType() !== "empty"
    )
      return;
    this._lastFile = file;
    if (file !== null)
      this._recentPaths = [file.path, ...this._recentPaths.filter((path) => path !== file.path)];
    this.trigger("file-open", file);
  }

  /** Tells `layout-change` once for all changes made in one go. */
  _layoutChanged(): void {
    if (!this._layoutTold || !this.layoutReady) return;
    this._layoutTold = false;
    queueMicrotask(() => {
      this._layoutTold = true;
      this.trigger("layout-change");
      this.requestSaveLayout();
    });
  }

  async _saveLayout(): Promise<void> {
    this._app._connection.tell({ op: "layout", json: JSON.stringify(readLayout(this)) });
    return Promise.resolve();
  }

  _becomeReady(): void {
    this.layoutReady = true;
    performance.mark("layout-ready");
    for (const callback of this._whenReady.splice(0)) callback();
    this._layoutChanged();
  }

  async _openOutside(file: obs.TFile): Promise<void> {
    await this._app._connection.ask({
      op: "external",
      url: this._app.vault.adapter.getResourcePath(file.path),
    });
  }

  _viewsOf<T extends View>(type: abstract new (...data: never[]) => T): T[] {
    return this._allLeaves()
      .map((leaf): unknown => leaf.view)
      .filter((view): view is T => view instanceof type);
  }
}
