import type { VaultPath } from "../model";
import { DueTimes } from "./due-times";

/** Who goes first: images just pasted, then those of the open note, then the rest. */
export type Rank = 0 | 1 | 2;

interface Later {
  readonly rank: Rank;
  readonly at: number;
}

/** The images that want work: ready ones by rank, first come first served, and those that are not due yet. */
export class WorkList {
  readonly #ready: readonly [Set<VaultPath>, Set<VaultPath>, Set<VaultPath>] = [
    new Set(),
    new Set(),
    new Set(),
  ];
  readonly #later = new Map<VaultPath, Later>();
  /** When those are due; of one that was moved or taken off since, its time of before as well. */
  readonly #due = new DueTimes();

  /** How many images want work, now or later. */
  get size(): number {
    return this.ready + this.#later.size;
  }

  /** How many images could be worked on now. */
  get ready(): number {
    return this.#ready[0].size + this.#ready[1].size + this.#ready[2].size;
  }

  has(path: VaultPath): boolean {
    return this.#later.has(path) || this.#ready.some((set) => set.has(path));
  }

  /** Puts an image on the list, or moves it there; it is due at `at` (on the clock's `elapsed`), by default at once. */
  add(path: VaultPath, rank: Rank, at?: number): void {
    this.remove(path);
    if (at === undefined) this.#ready[rank].add(path);
    else {
      this.#later.set(path, { rank, at });
      this.#due.add(path, at);
    }
  }

  remove(path: VaultPath): void {
    if (this.size === 0) return;
    this.#later.delete(path);
    for (const set of this.#ready) set.delete(path);
  }

  /** When an image becomes due that is on the list and not ready, on the clock's `elapsed`. */
  dueOf(path: VaultPath): number | undefined {
    return this.#later.get(path)?.at;
  }

  /** Moves images to the front of the rest; those that were there before are of the rest again. */
  promote(paths: Iterable<VaultPath>): void {
    const [, front, rest] = this.#ready;
    for (const path of front) rest.add(path);
    front.clear();
    for (const path of paths) {
      if (rest.delete(path)) front.add(path);
      const later = this.#later.get(path);
      if (later?.rank === 2) this.#later.set(path, { ...later, rank: 1 });
    }
  }

  /** Moves to the ready ones what has become due. */
  ripen(now: number): void {
    while (this.nextDue <= now) {
      const path = this.#due.take()?.path ?? "";
      const later = this.#later.get(path);
      this.#later.delete(path);
      if (later !== undefined) this.#ready[later.rank].add(path);
    }
  }

  /** Takes the next image off the list, with its rank. */
  take(): { readonly path: VaultPath; readonly rank: Rank } | undefined {
    for (const rank of [0, 1, 2] as const) {
      for (const path of this.#ready[rank]) {
        this.#ready[rank].delete(path);
        return { path, rank };
      }
    }
    return undefined;
  }

  /** When the next image becomes due, on the clock's `elapsed`; `Infinity` where none is waiting for its time. */
  get nextDue(): number {
    let { first } = this.#due;
    while (first !== undefined && this.#later.get(first.path)?.at !== first.at) {
      this.#due.take();
      ({ first } = this.#due);
    }
    return first?.at ?? Infinity;
  }
}
