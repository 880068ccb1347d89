import { mayBeDone, orError, PhotosError, type Clock, type Random } from "../../model";
import type { Holds } from "../holds";
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
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #holds: Holds;
  readonly #widest: number;
  #limitsInARow = 0;
  #goodInARow = 0;
  #width: number;

  constructor(clock: Clock, random: Random, holds: Holds, widest: number) {
    this.#clock = clock;
    this.#random = random;
    this.#holds = holds;
    this.#widest = widest;
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
    this.#width = Math.min(this.#widest, this.#width + 1);
  }

  /**
   * Asks a question that changes nothing at Google, and asks it again where only its answer was lost, Google was out of
   * order for a moment, or a limit was met: a long list must not begin anew for it. Throws `PhotosError`; never one about
   * an image, of which a question says nothing.
   */
  async patiently<Answer>(question: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await orError(question());
      if (!(answer instanceof PhotosError)) {
        if (attempt > 1) this.good();
        return answer;
      }
      const { kind, detail } = answer;
      const isOfQuestion = kind === "permanent" || kind === "bad-item";
      const retry = mayBeDone(answer) || kind === "quota-minute" ? this.failed(answer, attempt) : undefined;
      if (retry === undefined || retry.because !== undefined || retry.hold !== undefined)
        throw isOfQuestion ? new PhotosError("transient", detail) : answer;
      await this.#clock.sleep(retry.ms, signal);
    }
  }

  /**
   * A call failed for the `attempt`-th time, counted from 1. Where the outcome of a create is unknown, the answer is for the
   * next create: its items are settled first.
   */
  failed(error: PhotosError, attempt: number): Retry {
    const limited = error.kind === "quota-minute" || error.kind === "concurrent";
    this.#goodInARow = 0;
    if (limited) {
      // What was under way when the run was stopped tells nothing new.
      if (this.#holds.blocking === undefined) this.#limitsInARow += 1;
      this.#width = Math.max(NARROWEST, Math.floor(this.#width / 2));
    }
    const limitsInARow = limited ? this.#limitsInARow : 0;
    const trouble = { error, attempt, limitsInARow, now: this.#clock.now() };
    const retry = decideRetry(trouble, this.#random.next());
    if (retry.hold !== undefined) this.#holds.raise(retry.hold);
    return retry;
  }
}
