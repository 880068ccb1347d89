type Callback = (...data: never[]) => unknown;

export interface EventRef {
  _from: Events;
  _name: string;
  _callback: Callback;
  _context: unknown;
}

export class Events {
  readonly _refs = new Map<string, EventRef[]>();

  on(name: string, callback: Callback, ctx?: unknown): EventRef {
    const ref: EventRef = { _from: this, _name: name, _callback: callback, _context: ctx };
    this._refs.set(name, [...(this._refs.get(name) ?? []), ref]);
    return ref;
  }

  off(name: string, callback: Callback): void {
    this._keep(name, (ref) => ref._callback !== callback);
  }

  offref(ref: EventRef): void {
    this._keep(ref._name, (other) => other !== ref);
  }

  trigger(name: string, ...data: unknown[]): void {
    for (const ref of this._refs.get(name) ?? []) this.tryTrigger(ref, data);
  }

  /** A listener that throws must not keep the others from hearing: its error is shown later, as Obsidian does. */
  tryTrigger(ref: EventRef, args: unknown[]): void {
    try {
      (ref._callback as (...data: unknown[]) => unknown).apply(ref._context, args);
    } catch (error) {
      window.setTimeout(() => {
        throw error;
      }, 0);
    }
  }

  _keep(name: string, wanted: (ref: EventRef) => boolean): void {
    this._refs.set(name, (this._refs.get(name) ?? []).filter(wanted));
  }
}
