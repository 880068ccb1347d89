import type { Clock, PhotosError, Random } from "../model";
import type { Holds } from "./holds";
import { decideRetry, type Retry } from "./retry";

/** Fewest uploads at a time that the book ever asks for. */
const NARROWEST = 1;

/** So many calls in a row must go well before one more upload may run at a time. */
const GOOD_ENOUGH = 6;

/**
 * Keeps what single calls cannot know: how many rate limits came in a row, and how many uploads may run at a time.
 * The decisions themselves are `decideRetry`'s.
 */
export class RetryBook {
  #limitsInARow = 0;
  #goodInARow = 0;
  #width: number;

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly holds: Holds,
    private readonly widest: number,
  ) {
    this.#width = Math.max(NARROWEST, Math.ceil(widest * 0.6));
  }

  /** How many uploads may run at a time: more while it goes well, half after a rate limit. */
  get width(): number {
    return this.#width;
  }

  /** A call went well. */
  good(): void {
    this.#limitsInARow = 0;
    this.#goodInARow += 1;
    if (this.#goodInARow < GOOD_ENOUGH) return;
    this.#goodInARow = 0;
    this.#width = Math.min(this.widest, this.#width + 1);
  }

  /**
   * How long to wait, in milliseconds, before the same question is asked again that changes nothing at Google: only where
   * its answer was lost, or Google was out of order for a moment. Counted from 1, as `failed` does.
   */
  repeat(error: PhotosError, attempt: number): number | undefined {
    if (error.kind !== "transient" && error.kind !== "outcome-unknown") return undefined;
    const { ms, because, hold } = this.failed(error, attempt);
    return because === undefined && hold === undefined ? ms : undefined;
  }

  /**
   * A call failed for the `attempt`-th time, counted from 1. A create whose outcome is unknown is not for this book:
   * it is settled first.
   */
  failed(error: PhotosError, attempt: number): Retry {
    const limited = error.kind === "quota-minute" || error.kind === "concurrent";
    this.#goodInARow = 0;
    if (limited) {
      this.#limitsInARow += 1;
      this.#width = Math.max(NARROWEST, Math.floor(this.#width / 2));
    }
    const limitsInARow = limited ? this.#limitsInARow : 0;
    const trouble = { error, attempt, limitsInARow, now: this.clock.now() };
    const retry = decideRetry(trouble, this.random.next());
    if (retry.hold !== undefined) this.holds.raise(retry.hold);
    return retry;
  }
}
