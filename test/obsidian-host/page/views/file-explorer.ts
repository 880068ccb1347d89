import { setIcon } from "../obsidian/icons";
import { Keymap } from "../obsidian/keymap";
import { Menu } from "../obsidian/menu";
import { TFile, TFolder, type TAbstractFile } from "../vault/files";
import { WorkspaceMobileDrawer } from "../workspace/items";
import { View } from "./view";

/** So far beyond what is in sight rows are in the document, in pixels. */
const margin = 300;

function inOrder(a: TAbstractFile, b: TAbstractFile): number {
  const folderFirst = Number(b instanceof TFolder) - Number(a instanceof TFolder);
  return folderFirst || a.name.localeCompare(b.name, undefined, { numeric: true, sensitivity: "base" });
}

/** A row: its title, and of a folder what holds the rows below it, in the document while the folder is open. */
interface Row {
  readonly item: HTMLElement;
  readonly title: HTMLElement;
  readonly children: HTMLElement | undefined;
}

/**
 * The tree of files at the left. As in Obsidian only rows in sight are in the document; one that has left it is kept, with
 * all that others have put into it, and comes back the same.
 */
export class FileExplorerView extends View {
  #listEl = createDiv();
  #rootEl = createDiv();
  #rows = new Map<TAbstractFile, Row>();
  /** The children of folders in their order, and how many rows an open folder takes, itself included; made when asked for. */
  #sorted = new Map<TFolder, readonly TAbstractFile[]>();
  #counts = new Map<TFolder, number>();
  #rowHeight = 28;
  #open = new Set<TFolder>();
  #selected = new Set<TAbstractFile>();
  #waits = false;

  override getViewType(): string {
    return "file-explorer";
  }

  override getDisplayText(): string {
    return "Files";
  }

  override getIcon(): string {
    return "lucide-folder";
  }

  protected override onOpen(): Promise<void> {
    const header = this.containerEl.createDiv("nav-header");
    header.createDiv("nav-buttons-container");
    this.#listEl = this.containerEl.createDiv({
      cls: "nav-files-container node-insert-event",
      attr: { tabindex: -1 },
    });
    this.#rootEl = this.#listEl
      .createDiv("tree-item nav-folder mod-root")
      .createDiv("tree-item-children nav-folder-children");
    this.#open.add(this.app.vault.getRoot());
    this.registerDomEvent(this.#listEl, "scroll", () => this.#show());
    const resized = new ResizeObserver(() => this.#show());
    resized.observe(this.#listEl);
    this.register(() => resized.disconnect());
    for (const event of ["create", "delete", "rename"]) {
      this.registerEvent(this.app.vault.on(event, () => this.#drawLater()));
    }
    this.registerEvent(this.app.workspace.on("file-open", () => this.#showActive()));
    this.#draw();
    return Promise.resolve();
  }

  #drawLater(): void {
    if (this.#waits) return;
    this.#waits = true;
    queueMicrotask(() => {
      this.#waits = false;
      this.#draw();
    });
  }

  /** Draws what is in sight of a tree that has changed. */
  #draw(): void {
    this.#sorted.clear();
    this.#counts.clear();
    for (const [file, { title }] of this.#rows) {
      const isSame = title.dataset["path"] === file.path;
      if (!isSame || this.app.vault.getAbstractFileByPath(file.path) !== file) this.#rows.delete(file);
    }
    this.#show();
    this.#showActive();
  }

  /** Puts the rows in sight into the document, and takes the others out. */
  #show(): void {
    this.#fill(this.app.vault.getRoot(), this.#rootEl, 0);
    const height = this.#rootEl.querySelector<HTMLElement>(".tree-item-self")?.offsetHeight ?? 0;
    if (height === 0 || height === this.#rowHeight) return;
    this.#rowHeight = height;
    this.#fill(this.app.vault.getRoot(), this.#rootEl, 0);
  }

  #fill(folder: TFolder, el: HTMLElement, from: number): void {
    const top = this.#listEl.scrollTop - margin;
    const bottom = this.#listEl.scrollTop + this.#listEl.clientHeight + margin;
    const inSight: HTMLElement[] = [];
    let above = 0;
    let below = 0;
    let at = from;
    for (const child of this.#childrenOf(folder)) {
      const height = this.#rowHeight * this.#countOf(child);
      if (at + height <= top) above += height;
      else if (at >= bottom) below += height;
      else {
        const { item, children } = this.#rowOf(child);
        inSight.push(item);
        if (child instanceof TFolder && children?.parentElement === item)
          this.#fill(child, children, at + this.#rowHeight);
      }
      at += height;
    }
    el.style.paddingTop = `${above}px`;
    el.style.paddingBottom = `${below}px`;
    const kept = new Set(inSight);
    for (const old of [...el.children]) if (!kept.has(old as HTMLElement)) old.remove();
    let next = el.firstChild;
    for (const item of inSight) {
      if (item === next) next = item.nextSibling;
      else el.insertBefore(item, next);
    }
  }

  #childrenOf(folder: TFolder): readonly TAbstractFile[] {
    const sorted = this.#sorted.get(folder) ?? [...folder.children].sort(inOrder);
    this.#sorted.set(folder, sorted);
    return sorted;
  }

  #countOf(file: TAbstractFile): number {
    if (!(file instanceof TFolder) || !this.#open.has(file)) return 1;
    const count =
      this.#counts.get(file) ?? this.#childrenOf(file).reduce((sum, child) => sum + this.#countOf(child), 1);
    this.#counts.set(file, count);
    return count;
  }

  #rowOf(file: TAbstractFile): Row {
    const row = this.#rows.get(file) ?? this.#makeRow(file);
    this.#rows.set(file, row);
    return row;
  }

  #makeRow(file: TAbstractFile): Row {
    const kind = file instanceof TFolder ? "folder" : "file";
    const item = createDiv(`tree-item nav-${kind}`);
    const attr = { "data-path": file.path, draggable: true, role: "button", tabindex: 0 };
    const title = item.createDiv({ cls: `tree-item-self nav-${kind}-title tappable is-clickable`, attr });
    if (file instanceof TFolder)
      setIcon(title.createDiv("tree-item-icon collapse-icon"), "lucide-chevron-down");
    const name = file instanceof TFile && file.extension === "md" ? file.basename : file.name;
    title.createDiv({ cls: `tree-item-inner nav-${kind}-title-content`, text: name });
    if (file instanceof TFile && !["md", "canvas"].includes(file.extension)) {
      title.createDiv({ cls: "nav-file-tag", text: file.extension });
    }
    title.toggleClass("is-selected", this.#selected.has(file));
    title.toggleClass("is-active", file === this.app.workspace.getActiveFile());
    title.addEventListener("click", (event) => this.#clicked(file, event));
    title.addEventListener("keydown", (event) => {
      if (event.key === "Enter") title.click();
    });
    title.addEventListener("contextmenu", (event) => this.#menu(file, event));
    if (!(file instanceof TFolder)) return { item, title, children: undefined };
    const row = { item, title, children: createDiv("tree-item-children nav-folder-children") };
    this.#fold(row, !this.#open.has(file));
    return row;
  }

  #fold({ item, title, children }: Row, isFolded: boolean): void {
    item.toggleClass("is-collapsed", isFolded);
    title.setAttr("aria-expanded", !isFolded);
    if (isFolded) children?.remove();
    else if (children) item.append(children);
  }

  #clicked(file: TAbstractFile, event: MouseEvent): void {
    if (event.altKey) {
      if (!this.#selected.delete(file)) this.#selected.add(file);
      this.#rows.get(file)?.title.toggleClass("is-selected", this.#selected.has(file));
      return;
    }
    this.#selected.clear();
    if (file instanceof TFile) {
      void this.app.workspace.getLeaf(Keymap.isModEvent(event)).openFile(file);
      if (this.leaf.parent instanceof WorkspaceMobileDrawer) this.leaf.parent.collapse();
      return;
    }
    const folder = file as TFolder;
    const isFolded = this.#open.delete(folder);
    if (!isFolded) this.#open.add(folder);
    this.#fold(this.#rowOf(folder), isFolded);
    this.#draw();
  }

  #menu(file: TAbstractFile, event: MouseEvent): void {
    event.preventDefault();
    const menu = new Menu();
    const chosen = this.#selected.has(file) && this.#selected.size > 1 ? [...this.#selected] : [file];
    if (chosen.length > 1) {
      this.app.workspace.trigger("files-menu", menu, chosen, "file-explorer-context-menu", this.leaf);
    } else {
      this.app.workspace.trigger("file-menu", menu, file, "file-explorer-context-menu", this.leaf);
    }
    menu.addItem((item) =>
      item
        .setTitle("Delete")
        .setIcon("lucide-trash-2")
        .setSection("danger")
        .setWarning(true)
        .onClick(() => void Promise.all(chosen.map((each) => this.app.fileManager.trashFile(each)))),
    );
    menu.showAtMouseEvent(event);
  }

  #showActive(): void {
    const active = this.app.workspace.getActiveFile();
    for (const [file, { title }] of this.#rows) title.toggleClass("is-active", file === active);
  }
}
