import type {} from "obsidian";
import { makeElement, makeSvg } from "./elements";

/** What Obsidian adds to JavaScript's own objects and to the window; typed by its own type package. */

const array: Pick<unknown[], "first" | "last" | "contains" | "remove" | "shuffle" | "unique"> &
  ThisType<unknown[]> = {
  first() {
    return this[0];
  },
  last() {
    return this[this.length - 1];
  },
  contains(target) {
    return this.includes(target);
  },
  remove(target) {
    const at = this.indexOf(target);
    if (at >= 0) this.splice(at, 1);
  },
  shuffle() {
    for (let i = this.length - 1; i > 0; i--) {
      const j = Math.floor(Math.random() * (i + 1));
      [this[i], this[j]] = [this[j], this[i]];
    }
    return this;
  },
  unique() {
    return [...new Set(this)];
  },
};

const string: Pick<string, "contains" | "format"> & ThisType<string> = {
  contains(target) {
    return this.includes(target);
  },
  format(...values) {
    return this.replace(/\{(\d+)\}/g, (whole, index: string) => values[Number(index)] ?? whole);
  },
};

function defineHidden(target: object, methods: object): void {
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(target, name, { value: value as unknown, writable: true, configurable: true });
  }
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => window.setTimeout(resolve, ms));
}

export function nextFrame(): Promise<void> {
  return new Promise((resolve) => window.requestAnimationFrame(() => resolve()));
}

export function extendGlobals(): void {
  defineHidden(Array.prototype, array);
  defineHidden(Array, { combine: <T>(arrays: T[][]): T[] => arrays.flat() });
  defineHidden(String.prototype, string);
  defineHidden(String, { isString: (value: unknown) => typeof value === "string" });
  defineHidden(Number, { isNumber: (value: unknown) => typeof value === "number" });
  defineHidden(Math, {
    clamp: (value: number, min: number, max: number) => Math.min(Math.max(value, min), max),
    square: (value: number) => value * value,
  });
  defineHidden(Object, {
    isEmpty: (object: object) => Object.keys(object).length === 0,
    each: <T>(
      object: Record<string, T>,
      callback: (value: T, key?: string) => boolean | void,
      context?: unknown,
    ) => Object.entries(object).every(([key, value]) => callback.call(context, value, key) !== false),
  });
  Object.assign(window, {
    activeWindow: window,
    activeDocument: document,
    sleep,
    nextFrame,
    isBoolean: (value: unknown) => typeof value === "boolean",
    fish: (selector: string) => document.querySelector<HTMLElement>(selector),
    fishAll: (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)],
    ready: (callback: () => unknown) => {
      if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => callback());
      else callback();
    },
    createEl: makeElement.bind(null, document),
    createDiv: (info?: DomElementInfo | string, callback?: (el: HTMLDivElement) => void) =>
      makeElement(document, "div", info, callback),
    createSpan: (info?: DomElementInfo | string, callback?: (el: HTMLSpanElement) => void) =>
      makeElement(document, "span", info, callback),
    createSvg: makeSvg.bind(null, document),
    createFragment: (callback?: (el: DocumentFragment) => void) => {
      const fragment = document.createDocumentFragment();
      callback?.(fragment);
      return fragment;
    },
  });
}
