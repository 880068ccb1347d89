import type { KeymapContext, KeymapEventListener, Modifier, PaneType, UserEvent } from "obsidian";
import { Platform } from "./platform";

interface Handler {
  scope: Scope;
  modifiers: string | null;
  key: string | null;
  _listener: KeymapEventListener;
}

const plainName = (modifier: Modifier): string =>
  modifier === "Mod" ? (Platform.isMacOS ? "Meta" : "Ctrl") : modifier;

function modifiersOf(event: KeyboardEvent): string {
  const held: string[] = [];
  if (event.altKey) held.push("Alt");
  if (event.ctrlKey) held.push("Ctrl");
  if (event.metaKey) held.push("Meta");
  if (event.shiftKey) held.push("Shift");
  return held.join(",");
}

export class Scope {
  _handlers: Handler[] = [];
  readonly _parent: Scope | undefined;

  constructor(parent?: Scope) {
    this._parent = parent;
  }

  register(modifiers: Modifier[] | null, key: string | null, listener: KeymapEventListener): Handler {
    const held = modifiers === null ? null : modifiers.map(plainName).sort().join(",");
    const handler: Handler = { scope: this, modifiers: held, key, _listener: listener };
    this._handlers.push(handler);
    return handler;
  }

  unregister(handler: object): void {
    this._handlers = this._handlers.filter((other) => other !== handler);
  }

  /** Gives the event to the first handler that wants it; answers whether one did. */
  _handle(event: KeyboardEvent): boolean {
    const held = modifiersOf(event);
    for (const handler of [...this._handlers].reverse()) {
      if (handler.key !== null && handler.key.toLowerCase() !== event.key.toLowerCase()) continue;
      if (handler.modifiers !== null && handler.modifiers !== held) continue;
      const context: KeymapContext = { modifiers: held, key: event.key, vkey: event.key };
      if (handler._listener(event, context) === false) event.preventDefault();
      return true;
    }
    return this._parent?._handle(event) ?? false;
  }
}

export class Keymap {
  readonly _scopes: Scope[] = [];

  pushScope(scope: object): void {
    this.popScope(scope);
    this._scopes.push(scope as Scope);
  }

  popScope(scope: object): void {
    const at = this._scopes.indexOf(scope as Scope);
    if (at >= 0) this._scopes.splice(at, 1);
  }

  /** Hears the keys of one window. */
  _listen(doc: Document, viewScope: () => Scope | null): void {
    doc.addEventListener("keydown", (event) => {
      if (event.defaultPrevented) return;
      const top = this._scopes[this._scopes.length - 1];
      if (this._scopes.length === 1 && viewScope()?._handle(event) === true) return;
      top?._handle(event);
    });
  }

  static isModifier(event: MouseEvent | TouchEvent | KeyboardEvent, modifier: Modifier): boolean {
    const name = plainName(modifier);
    return name === "Ctrl"
      ? event.ctrlKey
      : name === "Meta"
        ? event.metaKey
        : name === "Alt"
          ? event.altKey
          : event.shiftKey;
  }

  static isModEvent(event?: UserEvent | null): PaneType | boolean {
    if (event === null || event === undefined) return false;
    const mod = Keymap.isModifier(event, "Mod");
    if (mod && event.altKey) return event.shiftKey ? "window" : "split";
    return mod || (event instanceof MouseEvent && event.button === 1) ? "tab" : false;
  }
}
