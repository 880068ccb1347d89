import type { Clock } from "../model";

/** What changes so soon after something that was told is told with all else of that time, in milliseconds. */
const TOGETHER = 100;

/**
 * Tells of what changes. What a person does shows at once; what follows one another quickly, as hundreds of images do,
 * would have every surface drawn anew each time, and is told together.
 */
export class Together {
  #isDue = false;
  /** On the clock's `elapsed`. */
  #toldAt = -Infinity;

  constructor(
    private readonly tell: () => void,
    private readonly clock: Clock,
    private readonly signal: AbortSignal,
  ) {}

  /** Something has changed. */
  note(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    const rest = this.#toldAt + TOGETHER - this.clock.elapsed();
    const due = rest > 0 ? this.clock.sleep(rest, this.signal) : Promise.resolve();
    void due
      .catch(() => undefined)
      .then(() => {
        this.#isDue = false;
        this.flush();
      });
  }

  /** Tells now, instead of a moment later. */
  flush(): void {
    this.#toldAt = this.clock.elapsed();
    this.tell();
  }
}
