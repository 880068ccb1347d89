import { setIcon } from "../obsidian/icons";
import { Keymap } from "../obsidian/keymap";
import { Menu } from "../obsidian/menu";
import { TFile, TFolder, type TAbstractFile } from "../vault/files";
import { WorkspaceMobileDrawer } from "../workspace/items";
import { View } from "./view";

const chunk = 300;

function inOrder(a: TAbstractFile, b: TAbstractFile): number {
  const folderFirst = Number(b instanceof TFolder) - Number(a instanceof TFolder);
  return folderFirst || a.name.localeCompare(b.name, undefined, { numeric: true, sensitivity: "base" });
}

/** The tree of files at the left. A folder's children are drawn when it is opened, many of them bit by bit. */
export class FileExplorerView extends View {
  #listEl = createDiv();
  #rows = new Map<TAbstractFile, HTMLElement>();
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
    this.#open.add(this.app.vault.getRoot());
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

  #draw(): void {
    const { scrollTop } = this.#listEl;
    this.#listEl.empty();
    this.#rows.clear();
    const root = this.#listEl.createDiv("tree-item nav-folder mod-root");
    this.#drawChildren(this.app.vault.getRoot(), root.createDiv("tree-item-children nav-folder-children"));
    this.#showActive();
    this.#listEl.scrollTop = scrollTop;
  }

  #drawChildren(folder: TFolder, el: HTMLElement): void {
    const children = [...folder.children].sort(inOrder);
    const drawFrom = (from: number): void => {
      for (const child of children.slice(from, from + chunk)) this.#drawRow(child, el);
      if (from + chunk >= children.length) return;
      const more = el.createDiv("nav-files-more");
      const observer = new IntersectionObserver((entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        more.remove();
        drawFrom(from + chunk);
      });
      observer.observe(more);
    };
    drawFrom(0);
  }

  #drawRow(file: TAbstractFile, el: HTMLElement): void {
    const kind = file instanceof TFolder ? "folder" : "file";
    const item = el.createDiv(`tree-item nav-${kind}`);
    const attr = { "data-path": file.path, draggable: true, role: "button", tabindex: 0 };
    const title = item.createDiv({ cls: `tree-item-self nav-${kind}-title tappable is-clickable`, attr });
    if (file instanceof TFolder)
      setIcon(title.createDiv("tree-item-icon collapse-icon"), "lucide-chevron-down");
    const name = file instanceof TFile && file.extension === "md" ? file.basename : file.name;
    title.createDiv({ cls: `tree-item-inner nav-${kind}-title-content`, text: name });
    if (file instanceof TFile && !["md", "canvas"].includes(file.extension)) {
      title.createDiv({ cls: "nav-file-tag", text: file.extension });
    }
    this.#rows.set(file, title);
    title.toggleClass("is-selected", this.#selected.has(file));
    title.addEventListener("click", (event) => this.#clicked(file, event));
    title.addEventListener("keydown", (event) => {
      if (event.key === "Enter") title.click();
    });
    title.addEventListener("contextmenu", (event) => this.#menu(file, event));
    if (!(file instanceof TFolder)) return;
    const isOpen = this.#open.has(file);
    item.toggleClass("is-collapsed", !isOpen);
    title.setAttr("aria-expanded", isOpen);
    if (isOpen) this.#drawChildren(file, item.createDiv("tree-item-children nav-folder-children"));
  }

  #clicked(file: TAbstractFile, event: MouseEvent): void {
    if (event.altKey) {
      if (!this.#selected.delete(file)) this.#selected.add(file);
      this.#rows.get(file)?.toggleClass("is-selected", this.#selected.has(file));
      return;
    }
    this.#selected.clear();
    if (file instanceof TFile) {
      void this.app.workspace.getLeaf(Keymap.isModEvent(event)).openFile(file);
      if (this.leaf.parent instanceof WorkspaceMobileDrawer) this.leaf.parent.collapse();
      return;
    }
    const folder = file as TFolder;
    if (!this.#open.delete(folder)) this.#open.add(folder);
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
    for (const [file, title] of this.#rows) title.toggleClass("is-active", file === active);
  }
}
