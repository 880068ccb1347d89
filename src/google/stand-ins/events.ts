type Listener = (...values: readonly unknown[]) => void;

/** Stands in for Node's `EventEmitter`, which the auth client extends and p-queue tells by. */
export class EventEmitter {
  readonly #listeners = new Map<string, Set<Listener>>();

  on(name: string, listener: Listener): this {
    const known = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, known.add(listener));
    return this;
  }

  emit(name: string, ...values: readonly unknown[]): boolean {
    const listeners = this.#listeners.get(name) ?? [];
    for (const listener of listeners) listener(...values);
    return this.#listeners.has(name);
  }
}
