import type { Clock } from "../model";

/** Surfaces are drawn anew each time they are told of something, so they are told once in so many milliseconds. */
const REST = 100;

/**
 * Does what changes ask for: at once for the first of them, and once in a while for those that follow one another
 * quickly, as hundreds of images do.
 */
export class Together {
  #isDue = false;
  /** On the clock's `elapsed`. */
  #doneAt = -Infinity;

  /** @param rest  how long it is not done again, in milliseconds; by default as short as surfaces bear it */
  constructor(
    private readonly work: () => void,
    private readonly clock: Clock,
    private readonly signal: AbortSignal,
    private readonly rest = REST,
  ) {}

  /** Something has changed. */
  note(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    const rest = this.#doneAt + this.rest - this.clock.elapsed();
    const due = rest > 0 ? this.clock.sleep(rest, this.signal) : Promise.resolve();
    void due
      .catch(() => undefined)
      .then(() => {
        this.#isDue = false;
        this.flush();
      });
  }

  /** Does it now, instead of a moment later. */
  flush(): void {
    this.#doneAt = this.clock.elapsed();
    this.work();
  }
}
