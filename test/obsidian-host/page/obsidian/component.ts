import type * as obs from "obsidian";
import type { EventRef } from "./events";

type DomListener = (this: HTMLElement, event: never) => unknown;

export class Component {
  _loaded = false;
  _children: Component[] = [];
  _cleanups: (() => unknown)[] = [];

  load(): void {
    if (this._loaded) return;
    this._loaded = true;
    void this.onload();
    for (const child of [...this._children]) child.load();
  }

  // Obsidian's own subclasses return a promise where they need one; it is awaited by whoever loads them.
  onload(): void | Promise<void> {
    return undefined;
  }

  unload(): void {
    if (!this._loaded) return;
    this._loaded = false;
    for (const child of this._children.splice(0)) child.unload();
    for (const cleanup of this._cleanups.splice(0).reverse()) cleanup();
    this.onunload();
  }

  onunload(): void {
    return undefined;
  }

  addChild<T extends obs.Component>(component: T): T {
    const child = component as unknown as Component;
    this._children.push(child);
    if (this._loaded) child.load();
    return component;
  }

  removeChild<T extends obs.Component>(component: T): T {
    const child = component as unknown as Component;
    this._children = this._children.filter((other) => other !== child);
    child.unload();
    return component;
  }

  register(cleanup: () => unknown): void {
    this._cleanups.push(cleanup);
  }

  registerEvent(ref: obs.EventRef): void {
    const own = ref as EventRef;
    this.register(() => own._from.offref(own));
  }

  registerDomEvent(
    el: Window | Document | HTMLElement,
    type: string,
    callback: DomListener,
    options?: boolean | AddEventListenerOptions,
  ): void {
    const listener = callback as unknown as EventListener;
    el.addEventListener(type, listener, options);
    this.register(() => el.removeEventListener(type, listener, options));
  }

  registerInterval(id: number): number {
    this.register(() => window.clearInterval(id));
    return id;
  }
}
