/**
 * The emulator's own clock: real time plus what a test has advanced it by. Every lifetime the service
 * knows (access token, upload token, baseUrl, quota day, testing sign-in) is read from it.
 */
export class EmulatorClock {
  #ahead: number;
  readonly #real: () => number;

  constructor(aheadMs = 0, real: () => number = () => Date.now()) {
    this.#ahead = aheadMs;
    this.#real = real;
  }

  /** Milliseconds since 1970 on this clock. */
  now(): number {
    return this.#real() + this.#ahead;
  }

  /** How many milliseconds this clock runs ahead of the real one. */
  get aheadMs(): number {
    return this.#ahead;
  }

  /** Moves the clock by so many milliseconds; back, too, for tests of a clock that jumps. */
  advance(ms: number): void {
    this.#ahead += ms;
  }
}
