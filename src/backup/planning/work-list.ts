import type { VaultPath } from "../../model";

/** Who goes first: images just pasted, then those of the open note, then the rest. */
export type Rank = 0 | 1 | 2;

/** The images that want work: ready ones, first come first served within a rank, and those that are not due yet. */
export class WorkList {
  /** Images that have just come or changed, on the list or not: they go first. */
  readonly fresh = new Set<VaultPath>();
  /** Images of the note in front, on the list or not: they go before the rest. */
  front: readonly VaultPath[] = [];
  readonly #ready = new Set<VaultPath>();
  /** When the others are due, on the clock's `elapsed`. */
  readonly #later = new Map<VaultPath, number>();
  #nextDue = Infinity;

  /** How many images want work, now or later. */
  get size(): number {
    return this.ready + this.#later.size;
  }

  /** How many images could be worked on now. */
  get ready(): number {
    return this.#ready.size;
  }

  has(path: VaultPath): boolean {
    return this.#later.has(path) || this.#ready.has(path);
  }

  rankOf(path: VaultPath): Rank {
    return this.fresh.has(path) ? 0 : this.front.includes(path) ? 1 : 2;
  }

  /** Puts an image on the list, or moves it there; it is due at `at` (on the clock's `elapsed`), by default at once. */
  add(path: VaultPath, at?: number): void {
    this.remove(path);
    if (at === undefined) {
      this.#ready.add(path);
    } else {
      this.#later.set(path, at);
      this.#nextDue = Math.min(this.#nextDue, at);
    }
  }

  remove(path: VaultPath): void {
    this.#later.delete(path);
    this.#ready.delete(path);
  }

  /** When an image becomes due that is on the list and not ready, on the clock's `elapsed`. */
  dueOf(path: VaultPath): number | undefined {
    return this.#later.get(path);
  }

  /**
   * When the next image may become due, on the clock's `elapsed`; `Infinity` where none is waiting for its time. Where the
   * one that was next is moved or taken off, this stays as it was until then: thousands may be touched one after another.
   */
  get nextDue(): number {
    return this.#nextDue;
  }

  /** Moves to the ready ones what has become due. */
  ripen(now: number): void {
    if (now < this.#nextDue) return;
    this.#nextDue = Infinity;
    for (const [path, at] of this.#later) {
      if (at > now) this.#nextDue = Math.min(this.#nextDue, at);
      else this.add(path);
    }
  }

  /** Takes the next image off the list. */
  take(): VaultPath | undefined {
    for (const paths of [this.fresh, this.front, this.#ready])
      for (const path of paths) if (this.#ready.delete(path)) return path;
    return undefined;
  }
}
