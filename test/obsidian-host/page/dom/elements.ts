import type {} from "obsidian";

type Attributes = Record<string, string | number | boolean | null>;

/** What Obsidian adds to the prototypes of nodes and elements; typed by its own type package. */

function classes(given: string | string[] | undefined): string[] {
  if (given === undefined) return [];
  return (Array.isArray(given) ? given : given.split(/\s+/)).filter((name) => name !== "");
}

function setAttributes(el: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) el.setAttr(name, value);
}

function place(parent: Node, child: Node, prepend: boolean | undefined): void {
  if (prepend === true) parent.insertBefore(child, parent.firstChild);
  else parent.appendChild(child);
}

export function makeElement<K extends keyof HTMLElementTagNameMap>(
  doc: Document,
  tag: K,
  info?: DomElementInfo | string,
  callback?: (el: HTMLElementTagNameMap[K]) => void,
): HTMLElementTagNameMap[K] {
  const el = doc.createElement(tag);
  const o: DomElementInfo = typeof info === "string" ? { cls: info } : (info ?? {});
  el.classList.add(...classes(o.cls));
  if (o.text !== undefined) el.setText(o.text);
  if (o.attr !== undefined) setAttributes(el, o.attr);
  for (const name of ["title", "value", "type", "placeholder", "href"] as const) {
    const value = o[name];
    if (value === undefined) continue;
    if (name in el) Reflect.set(el, name, value);
    else el.setAttribute(name, value);
  }
  if (o.parent !== undefined) place(o.parent, el, o.prepend);
  callback?.(el);
  return el;
}

export function makeSvg<K extends keyof SVGElementTagNameMap>(
  doc: Document,
  tag: K,
  info?: SvgElementInfo | string,
  callback?: (el: SVGElementTagNameMap[K]) => void,
): SVGElementTagNameMap[K] {
  const el = doc.createElementNS("http://www.w3.org/2000/svg", tag);
  const o: SvgElementInfo = typeof info === "string" ? { cls: info } : (info ?? {});
  el.classList.add(...classes(o.cls));
  if (o.attr !== undefined) setAttributes(el, o.attr);
  if (o.parent !== undefined) place(o.parent, el, o.prepend);
  callback?.(el);
  return el;
}

function within(parent: Node, info: DomElementInfo | string | undefined): DomElementInfo {
  return { ...(typeof info === "string" ? { cls: info } : info), parent };
}

type NodeMethods = Pick<
  Node,
  | "detach"
  | "empty"
  | "insertAfter"
  | "indexOf"
  | "setChildrenInPlace"
  | "appendText"
  | "createEl"
  | "createDiv"
  | "createSpan"
  | "createSvg"
>;

const nodeMethods: NodeMethods & ThisType<Node> = {
  detach() {
    this.parentNode?.removeChild(this);
  },
  empty() {
    while (this.lastChild !== null) this.removeChild(this.lastChild);
  },
  insertAfter(node, child) {
    this.insertBefore(node, child === null ? this.firstChild : child.nextSibling);
    return node;
  },
  indexOf(other) {
    return Array.prototype.indexOf.call(this.childNodes, other);
  },
  setChildrenInPlace(children) {
    const kept = new Set(children);
    for (const child of [...this.childNodes]) if (!kept.has(child)) child.remove();
    let at: ChildNode | null = this.firstChild;
    for (const child of children) {
      if (child === at) at = at.nextSibling;
      else this.insertBefore(child, at);
    }
  },
  appendText(text) {
    this.appendChild(this.doc.createTextNode(text));
  },
  createEl(tag, info, callback) {
    return makeElement(this.doc, tag, within(this, info), callback);
  },
  createDiv(info, callback) {
    return makeElement(this.doc, "div", within(this, info), callback);
  },
  createSpan(info, callback) {
    return makeElement(this.doc, "span", within(this, info), callback);
  },
  createSvg(tag, info, callback) {
    const o: SvgElementInfo = { ...(typeof info === "string" ? { cls: info } : info), parent: this };
    return makeSvg(this.doc, tag, o, callback);
  },
};

type ElementMethods = Pick<
  Element,
  | "getText"
  | "setText"
  | "addClass"
  | "addClasses"
  | "removeClass"
  | "removeClasses"
  | "toggleClass"
  | "hasClass"
  | "setAttr"
  | "setAttrs"
  | "getAttr"
  | "matchParent"
  | "getCssPropertyValue"
  | "isActiveElement"
  | "find"
>;

const elementMethods: ElementMethods & ThisType<Element> = {
  getText() {
    return this.textContent;
  },
  setText(value) {
    this.empty();
    this.append(value);
  },
  addClass(...names) {
    this.classList.add(...names.flatMap(classes));
  },
  addClasses(names) {
    this.classList.add(...names.flatMap(classes));
  },
  removeClass(...names) {
    this.classList.remove(...names.flatMap(classes));
  },
  removeClasses(names) {
    this.classList.remove(...names.flatMap(classes));
  },
  toggleClass(names, value) {
    for (const name of classes(names)) this.classList.toggle(name, value);
  },
  hasClass(name) {
    return this.classList.contains(name);
  },
  setAttr(name, value) {
    if (value === null) this.removeAttribute(name);
    else this.setAttribute(name, String(value));
  },
  setAttrs(attributes) {
    setAttributes(this, attributes);
  },
  getAttr(name) {
    return this.getAttribute(name);
  },
  matchParent(selector, last) {
    const found = this.closest(selector);
    return found !== null && last !== undefined && !last.contains(found) ? null : found;
  },
  getCssPropertyValue(property, pseudo) {
    return this.win.getComputedStyle(this, pseudo).getPropertyValue(property).trim();
  },
  isActiveElement() {
    return this.doc.activeElement === this;
  },
  find(selector) {
    return this.querySelector(selector);
  },
};

type HtmlMethods = Pick<
  HTMLElement,
  | "show"
  | "hide"
  | "toggle"
  | "toggleVisibility"
  | "isShown"
  | "setCssStyles"
  | "setCssProps"
  | "findAll"
  | "findAllSelf"
>;

const htmlMethods: HtmlMethods & ThisType<HTMLElement> = {
  show() {
    this.style.removeProperty("display");
  },
  hide() {
    this.style.display = "none";
  },
  toggle(show) {
    if (show) this.show();
    else this.hide();
  },
  toggleVisibility(visible) {
    this.style.visibility = visible ? "" : "hidden";
  },
  isShown() {
    return this.offsetParent !== null;
  },
  setCssStyles(styles) {
    Object.assign(this.style, styles);
  },
  setCssProps(properties) {
    for (const [name, value] of Object.entries(properties)) this.style.setProperty(name, value);
  },
  findAll(selector) {
    return [...this.querySelectorAll<HTMLElement>(selector)];
  },
  findAllSelf(selector) {
    return [...(this.matches(selector) ? [this] : []), ...this.findAll(selector)];
  },
};

function defineMethods(target: object, methods: object): void {
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(target, name, { value: value as unknown, writable: true, configurable: true });
  }
}

function defineGetter(target: object, name: string, get: (this: never) => unknown): void {
  Object.defineProperty(target, name, { get, configurable: true });
}

/** Adds Obsidian's methods to the nodes of one window; a pop-out window has prototypes of its own. */
export function extendElements(win: Window & typeof globalThis): void {
  defineMethods(win.Node.prototype, nodeMethods);
  defineMethods(win.Element.prototype, elementMethods);
  defineMethods(win.HTMLElement.prototype, htmlMethods);
  const { setCssStyles, setCssProps, findAll } = htmlMethods;
  defineMethods(win.SVGElement.prototype, { setCssStyles, setCssProps });
  defineMethods(win.DocumentFragment.prototype, { find: elementMethods.find, findAll });
  const doc = function (this: Node): Document {
    return this.ownerDocument ?? (this as Document);
  };
  const instanceOf = function (
    this: object,
    type: { new (...data: never[]): object; name: string },
  ): boolean {
    if (this instanceof type) return true;
    // The same class in this node's own window.
    const own = (this as Node).win as unknown as Record<string, unknown> | undefined;
    const there = own?.[type.name];
    return typeof there === "function" && this instanceof there;
  };
  defineGetter(win.Node.prototype, "doc", doc);
  defineGetter(win.Node.prototype, "win", function (this: Node) {
    return doc.call(this).defaultView ?? window;
  });
  Object.defineProperty(win.Node.prototype, "constructorWin", { value: win, configurable: true });
  defineMethods(win.Node.prototype, { instanceOf });
  defineMethods(win.UIEvent.prototype, { instanceOf });
  defineGetter(win.UIEvent.prototype, "targetNode", function (this: UIEvent) {
    return this.target instanceof Node ? this.target : null;
  });
  defineGetter(win.UIEvent.prototype, "win", function (this: UIEvent) {
    return this.view ?? window;
  });
  defineGetter(win.UIEvent.prototype, "doc", function (this: UIEvent) {
    return (this.view ?? window).document;
  });
  const padding = (el: HTMLElement, sides: string[]): number =>
    sides.reduce(
      (sum, side) => sum + (parseFloat(getComputedStyle(el).getPropertyValue(`padding-${side}`)) || 0),
      0,
    );
  defineGetter(win.HTMLElement.prototype, "innerWidth", function (this: HTMLElement) {
    return this.clientWidth - padding(this, ["left", "right"]);
  });
  defineGetter(win.HTMLElement.prototype, "innerHeight", function (this: HTMLElement) {
    return this.clientHeight - padding(this, ["top", "bottom"]);
  });
}
