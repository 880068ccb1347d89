import type { Rank } from "./work-list";

interface Waiting {
  readonly rank: Rank;
  readonly begin: () => void;
}

/**
 * Lets so many uploads run at a time, and those of a better rank first. Only the bytes on the wire hold a lane: reading
 * before and writing down after go on beside it, so that the wire never rests.
 */
export class Lanes {
  readonly #waiting: Waiting[] = [];
  #taken = 0;

  /** @param width  how many there are at the moment, at least one; asked for whenever an upload comes or ends */
  constructor(private readonly width: () => number) {}

  async run<T>(rank: Rank, upload: () => Promise<T>): Promise<T> {
    await new Promise<void>((begin) => {
      this.#waiting.push({ rank, begin });
      this.#admit();
    });
    try {
      return await upload();
    } finally {
      this.#taken -= 1;
      this.#admit();
    }
  }

  /** Of those with the same rank, first come, first served. */
  #admit(): void {
    const width = Math.max(1, this.width());
    while (this.#taken < width && this.#waiting.length > 0) {
      const best = this.#waiting.reduce((one, other) => (other.rank < one.rank ? other : one));
      this.#waiting.splice(this.#waiting.indexOf(best), 1);
      this.#taken += 1;
      best.begin();
    }
  }
}
