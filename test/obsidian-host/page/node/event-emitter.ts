type Listener = (...data: never[]) => unknown;

/** As much of Node's EventEmitter as the stand-ins need. */
export class EventEmitter {
  readonly #listeners = new Map<string, Listener[]>();

  on(event: string, listener: Listener): this {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
    return this;
  }

  addListener(event: string, listener: Listener): this {
    return this.on(event, listener);
  }

  once(event: string, listener: Listener): this {
    const once = (...data: unknown[]): void => {
      this.off(event, once);
      (listener as (...data: unknown[]) => unknown)(...data);
    };
    return this.on(event, once);
  }

  off(event: string, listener: Listener): this {
    this.#listeners.set(
      event,
      (this.#listeners.get(event) ?? []).filter((other) => other !== listener),
    );
    return this;
  }

  removeListener(event: string, listener: Listener): this {
    return this.off(event, listener);
  }

  removeAllListeners(event?: string): this {
    if (event === undefined) this.#listeners.clear();
    else this.#listeners.delete(event);
    return this;
  }

  emit(event: string, ...data: unknown[]): boolean {
    const listeners = this.#listeners.get(event) ?? [];
    // As in Node: an error that nobody listens for is thrown.
    if (event === "error" && listeners.length === 0) throw data[0];
    for (const listener of listeners) (listener as (...data: unknown[]) => unknown)(...data);
    return listeners.length > 0;
  }
}
