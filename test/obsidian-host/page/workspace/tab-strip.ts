import { setIcon } from "../obsidian/icons";
import { Menu } from "../obsidian/menu";
import type { WorkspaceLeaf } from "./leaf";

/** The tabs of one place of the workspace: their headers, and the one leaf that is in front. */
export class TabStrip {
  readonly headerEl: HTMLElement;
  readonly innerEl: HTMLElement;
  readonly containerEl: HTMLElement;
  readonly leaves: WorkspaceLeaf[] = [];
  front: WorkspaceLeaf | null = null;
  readonly #headers = new Map<WorkspaceLeaf, HTMLElement>();

  constructor(parentEl: HTMLElement) {
    this.headerEl = parentEl.createDiv("workspace-tab-header-container");
    this.innerEl = this.headerEl.createDiv({
      cls: "workspace-tab-header-container-inner",
      attr: { role: "tablist" },
    });
    this.containerEl = parentEl.createDiv("workspace-tab-container");
  }

  add(leaf: WorkspaceLeaf, index = this.leaves.length): void {
    this.leaves.splice(index, 0, leaf);
    const header = createDiv({ cls: "workspace-tab-header tappable", attr: { role: "tab", tabindex: 0 } });
    const inner = header.createDiv("workspace-tab-header-inner");
    inner.createDiv("workspace-tab-header-inner-icon");
    inner.createDiv("workspace-tab-header-inner-title");
    inner.createDiv("workspace-tab-header-status-container");
    const close = inner.createDiv({ cls: "workspace-tab-header-inner-close-button" });
    setIcon(close, "lucide-x");
    close.addEventListener("click", (event) => {
      event.stopPropagation();
      leaf.detach();
    });
    header.addEventListener("click", () => leaf._workspace.setActiveLeaf(leaf, { focus: true }));
    header.addEventListener("auxclick", (event) => {
      if (event.button === 1) leaf.detach();
    });
    header.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") header.click();
    });
    header.addEventListener("contextmenu", (event) => this.#menu(leaf, event));
    this.#headers.set(leaf, header);
    this.innerEl.insertBefore(header, this.innerEl.children[index] ?? null);
    this.containerEl.append(leaf._containerEl);
    this.update(leaf);
    if (this.front === null) this.select(leaf);
    else leaf._containerEl.hide();
  }

  remove(leaf: WorkspaceLeaf): void {
    const at = this.leaves.indexOf(leaf);
    if (at < 0) return;
    this.leaves.splice(at, 1);
    this.#headers.get(leaf)?.remove();
    this.#headers.delete(leaf);
    leaf._containerEl.remove();
    if (this.front !== leaf) return;
    this.front = null;
    const next = this.leaves[Math.min(at, this.leaves.length - 1)];
    if (next !== undefined) this.select(next);
  }

  /** Brings a leaf to the front; its view is made now if it was left for later, unless nobody sees it. */
  select(leaf: WorkspaceLeaf, seen = true): void {
    this.front = leaf;
    for (const other of this.leaves) {
      const isFront = other === leaf;
      other._containerEl.toggle(isFront);
      const header = this.#headers.get(other);
      header?.toggleClass(["is-active", "mod-active"], isFront);
      header?.setAttr("aria-selected", isFront);
    }
    if (leaf.isDeferred && seen) void leaf.loadIfDeferred();
    leaf.onResize();
  }

  /** Shows what the leaf's view is called and looks like now. */
  update(leaf: WorkspaceLeaf): void {
    const header = this.#headers.get(leaf);
    if (header === undefined) return;
    const title = leaf.getDisplayText();
    header.setAttrs({ "aria-label": title, "data-type": leaf.view.getViewType() });
    header.querySelector(".workspace-tab-header-inner-title")?.setText(title);
    const icon = header.querySelector<HTMLElement>(".workspace-tab-header-inner-icon");
    if (icon !== null) setIcon(icon, leaf.getIcon());
  }

  #menu(leaf: WorkspaceLeaf, event: MouseEvent): void {
    const menu = new Menu();
    menu.addItem((item) =>
      item
        .setTitle("Close")
        .setIcon("lucide-x")
        .setSection("close")
        .onClick(() => leaf.detach()),
    );
    leaf.view.onPaneMenu(menu, "tab-header");
    menu.showAtMouseEvent(event);
  }
}
