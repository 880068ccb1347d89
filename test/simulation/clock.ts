import type { Clock } from "../../src/model";

interface Sleeper {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}

/**
 * Time that passes only when nothing else can happen: `run` lets everything settle, then jumps to the next sleeper.
 * The same calls in the same order give the same history, whatever the machine does.
 */
export class SimulatedTime {
  #elapsed = 0;
  #order = 0;
  readonly #sleepers: Sleeper[] = [];

  /** Milliseconds that have passed in this world. */
  get elapsed(): number {
    return this.#elapsed;
  }

  /** How many sleepers have been woken so far. */
  woken = 0;

  /** Resolves after `ms` milliseconds of this world. */
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const sleeper: Sleeper = {
        at: this.#elapsed + Math.max(0, ms),
        order: this.#order++,
        wake: () => {
          signal?.removeEventListener("abort", end);
          resolve();
        },
      };
      const end = (): void => {
        this.#sleepers.splice(this.#sleepers.indexOf(sleeper), 1);
        reject(signal?.reason as Error);
      };
      signal?.addEventListener("abort", end, { once: true });
      this.#insert(sleeper);
    });
  }

  #insert(sleeper: Sleeper): void {
    let low = 0;
    let high = this.#sleepers.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#sleepers[middle];
      if (
        other !== undefined &&
        (other.at < sleeper.at || (other.at === sleeper.at && other.order < sleeper.order))
      ) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    this.#sleepers.splice(low, 0, sleeper);
  }

  /**
   * Lets the world run until `done`, or until no sleeper is left, or until `limit` milliseconds have passed.
   * Answers whether it was done.
   *
   * @throws Error where so many are woken that somebody asks again and again instead of waiting
   */
  async run(done: () => boolean, limit: number): Promise<boolean> {
    const end = this.#elapsed + limit;
    const most = this.woken + MOST_WOKEN;
    for (;;) {
      await settled();
      if (done()) return true;
      const next = this.#sleepers[0];
      if (next === undefined || next.at > end) {
        this.#elapsed = Math.max(this.#elapsed, end);
        return false;
      }
      this.#sleepers.shift();
      this.#elapsed = Math.max(this.#elapsed, next.at);
      this.woken += 1;
      if (this.woken > most) throw new Error("no busy loop: too many wake-ups");
      next.wake();
    }
  }

  /** A device's clock: the world's time, wrong by `offset()` milliseconds. */
  clock(offset: () => number): Clock {
    return {
      now: () => Math.floor(EPOCH + this.#elapsed + offset()),
      elapsed: () => this.#elapsed,
      sleep: (ms, signal) => this.sleep(ms, signal),
      breath: () => undefined,
    };
  }
}

/** Sleepers that are woken in one run at most: ten days of calm take a few thousand. */
const MOST_WOKEN = 60_000;

/** The world begins on 1 June 2026, 08:00 UTC. */
export const EPOCH = Date.UTC(2026, 5, 1, 8);

/** Lets every promise that can go on do so. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
