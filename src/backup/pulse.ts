import type { Clock } from "../model";

/** Lets a loop rest until it is due or something happens. */
export class Pulse {
  #nap: AbortController | undefined;
  #beaten = false;

  constructor(private readonly clock: Clock) {}

  /** Something happened: the loop goes round at once. */
  beat(): void {
    this.#beaten = true;
    this.#nap?.abort();
  }

  /** Waits for a beat, or until `due` (on the clock's `elapsed`) if that comes first. Rejects when `signal` is aborted. */
  async rest(due: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (!this.#beaten) {
      const nap = (this.#nap = new AbortController());
      const end = (): void => nap.abort();
      signal.addEventListener("abort", end, { once: true });
      // What ends a sleep early is a beat, or the signal, which is asked below.
      await this.clock.sleep(Math.max(0, due - this.clock.elapsed()), nap.signal).catch(() => undefined);
      signal.removeEventListener("abort", end);
      this.#nap = undefined;
    }
    this.#beaten = false;
    signal.throwIfAborted();
  }
}
