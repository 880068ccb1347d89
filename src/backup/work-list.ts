import type { VaultPath } from "../model";
import { DueTimes } from "./due-times";

/** Who goes first: images just pasted, then those of the open note, then the rest. */
export type Rank = 0 | 1 | 2;

/** The images that want work: ready ones by rank, first come first served, and those that are not due yet. */
export class WorkList {
  readonly #ready: readonly [Set<VaultPath>, Set<VaultPath>, Set<VaultPath>] = [
    new Set(),
    new Set(),
    new Set(),
  ];
  /** When the others are due, on the clock's `elapsed`. */
  readonly #later = new Map<VaultPath, number>();
  /** When those are due; of one that was moved or taken off since, its time of before as well. */
  readonly #due = new DueTimes();

  /** @param rankOf  asked when an image comes, and when it becomes due */
  constructor(private readonly rankOf: (path: VaultPath) => Rank) {}

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
  add(path: VaultPath, at?: number): void {
    this.remove(path);
    if (at === undefined) this.#ready[this.rankOf(path)].add(path);
    else {
      this.#later.set(path, at);
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
    return this.#later.get(path);
  }

  /** Moves images to the front of the rest; those that were there before are of the rest again. */
  promote(paths: Iterable<VaultPath>): void {
    const [, front, rest] = this.#ready;
    for (const path of front) rest.add(path);
    front.clear();
    for (const path of paths) if (rest.delete(path)) front.add(path);
  }

  /** Moves to the ready ones what has become due. */
  ripen(now: number): void {
    while (this.nextDue <= now) {
      const path = this.#due.take()?.path ?? "";
      if (this.#later.delete(path)) this.#ready[this.rankOf(path)].add(path);
    }
  }

  /** Takes the next image off the list. */
  take(): VaultPath | undefined {
    for (const set of this.#ready) {
      for (const path of set) {
        set.delete(path);
        return path;
      }
    }
    return undefined;
  }

  /** When the next image becomes due, on the clock's `elapsed`; `Infinity` where none is waiting for its time. */
  get nextDue(): number {
    let { first } = this.#due;
    while (first !== undefined && this.#later.get(first.path) !== first.at) {
      this.#due.take();
      ({ first } = this.#due);
    }
    return first?.at ?? Infinity;
  }
}
