import type { Clock } from "../../src/model";

interface Sleeper {
  readonly until: number;
  readonly ms: number;
  readonly wake: () => void;
}

/** Time that only a test moves. */
export class MovedClock implements Clock {
  readonly #sleepers = new Set<Sleeper>();
  #waiting: { readonly ms: number; readonly tell: () => void }[] = [];
  #now: number;
  /** By how much it was set anew. */
  #set = 0;

  constructor(start = Date.UTC(2026, 0, 15, 12)) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  elapsed(): number {
    return this.#now - this.#set;
  }

  /** The clock is set anew: nobody who sleeps notices. */
  jump(ms: number): void {
    this.#now += ms;
    this.#set += ms;
  }

  breath(): undefined {
    return undefined;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        this.#sleepers.delete(sleeper);
        reject(signal.reason as Error);
      };
      const wake = (): void => {
        signal.removeEventListener("abort", end);
        resolve();
      };
      const sleeper = { until: this.elapsed() + ms, ms, wake };
      this.#sleepers.add(sleeper);
      if (signal.aborted) end();
      else signal.addEventListener("abort", end, { once: true });
      const told = this.#waiting.filter((one) => one.ms === ms);
      this.#waiting = this.#waiting.filter((one) => one.ms !== ms);
      for (const { tell } of told) tell();
    });
  }

  /** Moves time on and wakes who has slept long enough. */
  advance(ms: number): void {
    this.#now += ms;
    for (const sleeper of [...this.#sleepers]) {
      if (sleeper.until > this.elapsed()) continue;
      this.#sleepers.delete(sleeper);
      sleeper.wake();
    }
  }

  /** Waits until somebody sleeps for exactly so long, then lets them sleep through it. */
  async sleepThrough(ms: number): Promise<void> {
    if (![...this.#sleepers].some((one) => one.ms === ms)) {
      await new Promise<void>((tell) => this.#waiting.push({ ms, tell }));
    }
    this.advance(ms);
  }
}
