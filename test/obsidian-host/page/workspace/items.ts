import { Events } from "../obsidian/events";
import type { WorkspaceLeaf } from "./leaf";
import { TabStrip } from "./tab-strip";

/** The parts a workspace is made of, from the whole window down to a group of tabs. */

export abstract class WorkspaceItem extends Events {
  abstract parent: WorkspaceParent;

  getRoot(): WorkspaceItem {
    const { parent }: { parent: WorkspaceItem } = this;
    const isRoot = this instanceof WorkspaceContainer || this instanceof WorkspaceSidedock || parent === this;
    return isRoot ? this : parent.getRoot();
  }

  getContainer(): WorkspaceContainer {
    const root = this.getRoot();
    if (root instanceof WorkspaceContainer) return root;
    const { _container } = root as WorkspaceSidedock | WorkspaceMobileDrawer;
    return _container;
  }
}

export abstract class WorkspaceParent extends WorkspaceItem {
  abstract _el: HTMLElement;

  /** All leaves in here, from the first to the last. */
  abstract _leaves(): WorkspaceLeaf[];
}

export class WorkspaceSplit extends WorkspaceParent {
  parent: WorkspaceParent;
  _el: HTMLElement;
  _children: (WorkspaceSplit | WorkspaceTabs)[] = [];
  _direction: "vertical" | "horizontal";

  constructor(parent: WorkspaceParent | null, el: HTMLElement, direction: "vertical" | "horizontal") {
    super();
    this.parent = parent ?? this;
    this._el = el;
    this._direction = direction;
    el.addClass("workspace-split", `mod-${direction}`);
  }

  _leaves(): WorkspaceLeaf[] {
    return this._children.flatMap((child) => child._leaves());
  }

  _addTabs(index = this._children.length): WorkspaceTabs {
    const tabs = new WorkspaceTabs(this);
    this._el.insertBefore(tabs._el, this._children[index]?._el ?? null);
    this._children.splice(index, 0, tabs);
    return tabs;
  }

  _addSplit(index: number, direction: "vertical" | "horizontal"): WorkspaceSplit {
    const split = new WorkspaceSplit(this, createDiv(), direction);
    this._el.insertBefore(split._el, this._children[index]?._el ?? null);
    this._children.splice(index, 0, split);
    return split;
  }

  _take(child: WorkspaceSplit | WorkspaceTabs): void {
    this._children = this._children.filter((other) => other !== child);
    child._el.remove();
  }
}

export class WorkspaceTabs extends WorkspaceParent {
  parent: WorkspaceSplit;
  _el: HTMLElement;
  readonly _strip: TabStrip;

  constructor(parent: WorkspaceSplit) {
    super();
    this.parent = parent;
    this._el = createDiv("workspace-tabs mod-top");
    this._strip = new TabStrip(this._el);
  }

  _leaves(): WorkspaceLeaf[] {
    return this._strip.leaves;
  }
}

export abstract class WorkspaceContainer extends WorkspaceSplit {
  abstract win: Window;
  abstract doc: Document;
}

export class WorkspaceRoot extends WorkspaceContainer {
  win: Window = window;
  doc: Document = document;

  constructor(el: HTMLElement) {
    super(null, el, "vertical");
    el.addClass("mod-root");
  }
}

export class WorkspaceWindow extends WorkspaceContainer {
  win: Window;
  doc: Document;

  constructor(parent: WorkspaceParent, win: Window, el: HTMLElement) {
    super(parent, el, "vertical");
    this.win = win;
    this.doc = win.document;
    el.addClass("mod-root");
  }
}

/** The pop-out windows. */
export class WorkspaceFloating extends WorkspaceParent {
  parent: WorkspaceParent = this;
  _el = createDiv();
  _windows: WorkspaceWindow[] = [];

  _leaves(): WorkspaceLeaf[] {
    return this._windows.flatMap((window) => window._leaves());
  }
}

export class WorkspaceSidedock extends WorkspaceSplit {
  collapsed = true;
  readonly _container: WorkspaceRoot;
  readonly _tabs: WorkspaceTabs;

  constructor(container: WorkspaceRoot, el: HTMLElement, side: "left" | "right") {
    super(null, el, "horizontal");
    this._container = container;
    el.addClass(`mod-${side}-split`);
    this._tabs = this._addTabs();
    this.collapse();
  }

  get _strip(): TabStrip {
    return this._tabs._strip;
  }

  toggle(): void {
    if (this.collapsed) this.expand();
    else this.collapse();
  }

  collapse(): void {
    this.collapsed = true;
    this._el.addClass("is-sidedock-collapsed");
  }

  expand(): void {
    this.collapsed = false;
    this._el.removeClass("is-sidedock-collapsed");
    void this._strip.front?.loadIfDeferred();
  }
}

export class WorkspaceMobileDrawer extends WorkspaceParent {
  parent: WorkspaceParent = this;
  collapsed = true;
  _el: HTMLElement;
  readonly _strip: TabStrip;
  readonly _container: WorkspaceRoot;
  readonly _backdropEl: HTMLElement;

  constructor(container: WorkspaceRoot, el: HTMLElement, side: "left" | "right") {
    super();
    this._container = container;
    this._el = el;
    el.addClass("workspace-drawer", `mod-${side}`);
    this._backdropEl = createDiv("workspace-drawer-backdrop");
    this._backdropEl.addEventListener("click", () => this.collapse());
    this._strip = new TabStrip(el.createDiv("workspace-drawer-inner"));
    this.collapse();
  }

  expand(): void {
    this.collapsed = false;
    this._el.addClass("is-open");
    this._el.before(this._backdropEl);
    void this._strip.front?.loadIfDeferred();
  }

  collapse(): void {
    this.collapsed = true;
    this._el.removeClass("is-open");
    this._backdropEl.remove();
  }

  toggle(): void {
    if (this.collapsed) this.expand();
    else this.collapse();
  }

  _leaves(): WorkspaceLeaf[] {
    return this._strip.leaves;
  }
}

export class WorkspaceRibbon {}
