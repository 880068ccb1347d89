import PQueue from "p-queue";

/**
 * Lets so much work of one kind run at a time, and that of a better rank first. Only the bytes on the wire hold a lane of
 * uploads: reading before and writing down after go on beside it, so that the wire never rests.
 */
export class Lanes {
  readonly #queue = new PQueue({ concurrency: 1 });

  /** @param width  how many there are at the moment, at least one */
  constructor(readonly width: () => number) {}

  /** @param rank  the lowest goes first */
  run<T>(rank: number, work: () => Promise<T>): Promise<T> {
    this.#widen();
    return this.#queue.add(() => work().finally(() => this.#widen()), { priority: -rank });
  }

  /** The width follows how well it goes; it is asked for whenever some work comes or ends. */
  #widen(): void {
    this.#queue.concurrency = Math.max(1, this.width());
  }
}
