import type * as obs from "obsidian";
import { Component } from "./component";
import { setIcon } from "./icons";

type Click = (event: MouseEvent | KeyboardEvent) => unknown;

// The order in which Obsidian shows a menu's sections; unknown ones come before what is dangerous.
const sectionOrder = ["title", "open", "action-primary", "action", "info", "view", "system", "", "danger"];

function rank(section: string): number {
  const at = sectionOrder.indexOf(section);
  return at < 0 ? sectionOrder.indexOf("") - 0.5 : at;
}

export class MenuItem {
  readonly _el: HTMLElement;
  readonly _titleEl: HTMLElement;
  readonly _iconEl: HTMLElement;
  readonly _menu: Menu;
  _section = "";
  _disabled = false;
  _clicks: Click[] = [];

  constructor(menu: Menu) {
    this._menu = menu;
    this._el = createDiv({ cls: "menu-item tappable", attr: { role: "menuitem", tabindex: -1 } });
    this._iconEl = this._el.createDiv("menu-item-icon");
    this._titleEl = this._el.createDiv("menu-item-title");
    this._el.addEventListener("click", (event) => this._choose(event));
    this._el.addEventListener("mouseenter", () => menu._select(this));
  }

  setTitle(title: string | DocumentFragment): this {
    this._titleEl.setText(title);
    return this;
  }

  setIcon(icon: string | null): this {
    this._iconEl.empty();
    if (icon !== null) setIcon(this._iconEl, icon);
    return this;
  }

  setChecked(checked: boolean | null): this {
    this._el.toggleClass("mod-checked", checked === true);
    this._el.setAttr("role", checked === null ? "menuitem" : "menuitemcheckbox");
    this._el.setAttr("aria-checked", checked);
    this._el.querySelector(".menu-item-icon.mod-checked")?.remove();
    if (checked === true) setIcon(this._el.createDiv("menu-item-icon mod-checked"), "lucide-check");
    return this;
  }

  setDisabled(disabled: boolean): this {
    this._disabled = disabled;
    this._el.toggleClass("is-disabled", disabled);
    this._el.setAttr("aria-disabled", disabled ? "true" : null);
    return this;
  }

  setWarning(isWarning: boolean): this {
    this._el.toggleClass("is-warning", isWarning);
    return this;
  }

  setIsLabel(isLabel: boolean): this {
    this._el.toggleClass("is-label", isLabel);
    return this;
  }

  onClick(callback: Click): this {
    this._clicks.push(callback);
    return this;
  }

  setSection(section: string): this {
    this._section = section;
    this._el.setAttr("data-section", section);
    return this;
  }

  _choose(event: MouseEvent | KeyboardEvent): void {
    if (this._disabled) return;
    this._menu.hide();
    for (const click of this._clicks) click(event);
  }
}

export class MenuSeparator {
  readonly _el = createDiv("menu-separator");
  _section = "";
}

/** The one menu that is open, if any. */
const shown: { menu: Menu | null; replace(menu: Menu | null): void } = {
  menu: null,
  replace(menu) {
    const before = this.menu;
    this.menu = menu;
    before?.hide();
  },
};

export class Menu extends Component {
  _items: (MenuItem | MenuSeparator)[] = [];
  readonly _el = createDiv({ cls: "menu", attr: { role: "menu" } });
  _hidden: (() => unknown)[] = [];
  _selected: MenuItem | null = null;

  setNoIcon(): this {
    this._el.addClass("mod-no-icon");
    return this;
  }

  // This page has no menus of the operating system.
  setUseNativeMenu(_useNativeMenu: boolean): this {
    return this;
  }

  addItem(callback: (item: MenuItem) => unknown): this {
    const item = new MenuItem(this);
    this._items.push(item);
    callback(item);
    return this;
  }

  addSeparator(): this {
    this._items.push(new MenuSeparator());
    return this;
  }

  setParentElement(el: HTMLElement): this {
    this.onHide(() => el.removeClass("has-active-menu"));
    el.addClass("has-active-menu");
    return this;
  }

  showAtMouseEvent(event: MouseEvent): this {
    const target = event.target instanceof Node ? event.target : null;
    // A click from the keyboard has no place of its own.
    if (event.clientX === 0 && event.clientY === 0 && target instanceof HTMLElement) {
      const at = target.getBoundingClientRect();
      return this.showAtPosition({ x: at.left, y: at.bottom }, target.doc);
    }
    return this.showAtPosition({ x: event.clientX, y: event.clientY }, target?.doc ?? document);
  }

  showAtPosition(position: obs.MenuPositionDef, doc: Document = activeDocument): this {
    shown.replace(this);
    this._fill();
    doc.body.append(doc.adoptNode(this._el));
    const size = this._el.getBoundingClientRect();
    const win = doc.defaultView ?? window;
    const left = position.left === true ? position.x - size.width : position.x;
    this._el.setCssProps({
      left: `${Math.max(4, Math.min(left, win.innerWidth - size.width - 4))}px`,
      top: `${Math.max(4, Math.min(position.y, win.innerHeight - size.height - 4))}px`,
    });
    this.load();
    this._listen(doc);
    return this;
  }

  hide(): this {
    if (shown.menu === this) shown.menu = null;
    if (!this._el.isConnected) return this;
    this._el.remove();
    this.unload();
    for (const callback of this._hidden) callback();
    return this;
  }

  close(): void {
    this.hide();
  }

  onHide(callback: () => unknown): void {
    this._hidden.push(callback);
  }

  static forEvent(event: PointerEvent | MouseEvent): Menu {
    const menu = new Menu();
    window.setTimeout(() => menu.showAtMouseEvent(event), 0);
    event.preventDefault();
    return menu;
  }

  _select(item: MenuItem | null): void {
    this._selected?._el.removeClass("selected");
    this._selected = item;
    item?._el.addClass("selected");
  }

  _fill(): void {
    this._el.empty();
    const scroll = this._el.createDiv("menu-scroll");
    const sections = [...new Set(this._items.map((item) => item._section))].sort((a, b) => rank(a) - rank(b));
    for (const [i, section] of sections.entries()) {
      if (i > 0) scroll.createDiv("menu-separator");
      const group = scroll.createDiv("menu-group");
      for (const item of this._items) if (item._section === section) group.append(item._el);
    }
  }

  _listen(doc: Document): void {
    this.registerDomEvent(doc, "mousedown", (event: MouseEvent) => {
      if (!this._el.contains(event.target as Node)) this.hide();
    });
    this.registerDomEvent(doc, "keydown", (event: KeyboardEvent) => this._key(event), { capture: true });
  }

  _choices(): MenuItem[] {
    const items = this._items.filter((item): item is MenuItem => item instanceof MenuItem);
    return items.filter((item) => !item._disabled).sort((a, b) => rank(a._section) - rank(b._section));
  }

  /** The focus stays where it was, and so does every key that a menu has no use for: what lies under it hears them. */
  _key(event: KeyboardEvent): void {
    const choices = this._choices();
    const at = this._selected === null ? -1 : choices.indexOf(this._selected);
    if (event.key === "ArrowDown") this._select(choices[(at + 1) % choices.length] ?? null);
    else if (event.key === "ArrowUp")
      this._select(choices[at < 0 ? choices.length - 1 : (at - 1 + choices.length) % choices.length] ?? null);
    else if (event.key === "Enter") this._selected?._choose(event);
    else {
      if (event.key === "Escape") this.hide();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}
