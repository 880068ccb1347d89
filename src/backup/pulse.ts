import type { Clock } from "../model";

/** Lets a loop rest until it is due or something happens. */
export class Pulse {
  /** Ends the rest of the moment, or the next one at once. */
  #nap = new AbortController();

  constructor(private readonly clock: Clock) {}

  /** Something happened: the loop goes round at once. */
  beat(): void {
    this.#nap.abort();
  }

  /** Waits for a beat, or until `due` (on the clock's `elapsed`) if that comes first. */
  async rest(due: number): Promise<void> {
    // What ends a sleep early is a beat.
    await this.clock.sleep(Math.max(0, due - this.clock.elapsed()), this.#nap.signal).catch(() => undefined);
    this.#nap = new AbortController();
  }
}
