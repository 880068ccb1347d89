import PQueue from "p-queue";
import type { Rank } from "./work-list";

/**
 * Lets so many uploads run at a time, and those of a better rank first. Only the bytes on the wire hold a lane: reading
 * before and writing down after go on beside it, so that the wire never rests.
 */
export class Lanes {
  readonly #queue = new PQueue({ concurrency: 1 });

  /** @param width  how many there are at the moment, at least one */
  constructor(readonly width: () => number) {}

  run<T>(rank: Rank, upload: () => Promise<T>): Promise<T> {
    this.#widen();
    return this.#queue.add(() => upload().finally(() => this.#widen()), { priority: -rank });
  }

  /** The width follows how well it goes; it is asked for whenever an upload comes or ends. */
  #widen(): void {
    this.#queue.concurrency = Math.max(1, this.width());
  }
}
