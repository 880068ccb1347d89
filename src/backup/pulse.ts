import type { Clock } from "../model";

/** Lets a loop rest until it is due or something happens. */
export class Pulse {
  #wake: (() => void) | undefined;
  #beaten = false;

  constructor(private readonly clock: Clock) {}

  /** Something happened: the loop goes round at once. */
  beat(): void {
    this.#beaten = true;
    this.#wake?.();
  }

  /** Waits for a beat, or until `due` (on the clock's `elapsed`) if that comes first. Rejects when `signal` is aborted. */
  async rest(due: number | undefined, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (!this.#beaten) {
      const nap = new AbortController();
      const end = () => nap.abort(signal.reason);
      signal.addEventListener("abort", end, { once: true });
      try {
        await Promise.race([
          new Promise<void>((resolve) => (this.#wake = resolve)),
          due === undefined
            ? untilAborted(nap.signal)
            : this.clock.sleep(Math.max(0, due - this.clock.elapsed()), nap.signal),
        ]);
      } finally {
        this.#wake = undefined;
        signal.removeEventListener("abort", end);
        nap.abort();
      }
    }
    this.#beaten = false;
    signal.throwIfAborted();
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

/** The first of several times that is still to come. */
export function soonest(times: readonly (number | undefined)[], now: number): number | undefined {
  const later = times.filter((at) => at !== undefined && at > now) as number[];
  return later.length === 0 ? undefined : Math.min(...later);
}
