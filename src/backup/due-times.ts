import type { VaultPath } from "../model";

interface Due {
  readonly path: VaultPath;
  readonly at: number;
}

/** Times at which images are due, soonest first (a binary heap): thousands of files may be touched one after another. */
export class DueTimes {
  readonly #heap: Due[] = [];

  add(path: VaultPath, at: number): void {
    const heap = this.#heap;
    let place = heap.length;
    for (let above = (place - 1) >> 1; place > 0 && at < this.#at(above); above = (place - 1) >> 1) {
      this.#move(above, place);
      place = above;
    }
    heap[place] = { path, at };
  }

  /** The soonest. */
  get first(): Due | undefined {
    return this.#heap[0];
  }

  /** Takes the soonest off. */
  take(): Due | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      if (this.#at(below + 1) < this.#at(below)) below += 1;
      if (this.#at(below) >= last.at) break;
      this.#move(below, place);
      place = below;
    }
    heap[place] = last;
    return first;
  }

  #at(place: number): number {
    return this.#heap[place]?.at ?? Infinity;
  }

  #move(from: number, to: number): void {
    const due = this.#heap[from];
    if (due !== undefined) this.#heap[to] = due;
  }
}
