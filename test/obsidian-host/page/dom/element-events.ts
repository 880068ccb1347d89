import type {} from "obsidian";

type AnyListener = (this: HTMLElement, event: Event, target: HTMLElement) => unknown;

interface Registered {
  selector: string;
  listener: AnyListener;
  callback: (event: Event) => void;
  options: boolean | AddEventListenerOptions | undefined;
}

const registered = new WeakMap<EventTarget, Map<string, Registered[]>>();

/** Delegated listening, as Obsidian adds it to elements and documents. */
function on(
  this: HTMLElement | Document,
  type: string,
  selector: string,
  listener: AnyListener,
  options?: boolean | AddEventListenerOptions,
): void {
  const callback = (event: Event): void => {
    const from = event.target instanceof Element ? event.target.closest<HTMLElement>(selector) : null;
    if (from !== null && this.contains(from)) listener.call(this as HTMLElement, event, from);
  };
  const types = registered.get(this) ?? new Map<string, Registered[]>();
  registered.set(
    this,
    types.set(type, [...(types.get(type) ?? []), { selector, listener, callback, options }]),
  );
  this.addEventListener(type, callback, options);
}

function off(this: HTMLElement | Document, type: string, selector: string, listener: AnyListener): void {
  const types = registered.get(this);
  const kept: Registered[] = [];
  for (const entry of types?.get(type) ?? []) {
    if (entry.selector === selector && entry.listener === listener) {
      this.removeEventListener(type, entry.callback, entry.options);
    } else kept.push(entry);
  }
  types?.set(type, kept);
}

function onClickEvent(
  this: HTMLElement,
  listener: (this: HTMLElement, event: MouseEvent) => unknown,
  options?: boolean | AddEventListenerOptions,
): void {
  this.addEventListener("click", listener, options);
  this.addEventListener("auxclick", listener, options);
}

/** Calls back when the element gets into a document; answers how to stop waiting. */
function onNodeInserted(this: HTMLElement, listener: () => unknown, once = false): () => void {
  let inside = this.isConnected;
  const observer = new MutationObserver(() => {
    if (this.isConnected === inside) return;
    inside = this.isConnected;
    if (!inside) return;
    listener();
    if (once) observer.disconnect();
  });
  observer.observe(document, { childList: true, subtree: true });
  return () => observer.disconnect();
}

const migrationListeners = new WeakMap<HTMLElement, Set<(win: Window) => unknown>>();

function onWindowMigrated(this: HTMLElement, listener: (win: Window) => unknown): () => void {
  const listeners = migrationListeners.get(this) ?? new Set();
  migrationListeners.set(this, listeners.add(listener));
  return () => void listeners.delete(listener);
}

/** Tells an element and all below it that they are now in another window. */
export function tellMigrated(root: HTMLElement, win: Window): void {
  for (const el of [root, ...root.querySelectorAll<HTMLElement>("*")]) {
    for (const listener of migrationListeners.get(el) ?? []) listener(win);
  }
}

function trigger(this: HTMLElement, type: string): void {
  this.dispatchEvent(new Event(type, { bubbles: true }));
}

export function extendElementEvents(win: Window & typeof globalThis): void {
  const define = (target: object, methods: Record<string, unknown>): void => {
    for (const [name, value] of Object.entries(methods)) {
      Object.defineProperty(target, name, { value, writable: true, configurable: true });
    }
  };
  define(win.HTMLElement.prototype, { on, off, onClickEvent, onNodeInserted, onWindowMigrated, trigger });
  define(win.Document.prototype, { on, off });
}
