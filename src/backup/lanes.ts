import type { Rank } from "./work-list";

interface Waiting {
  readonly rank: Rank;
  readonly enter: () => void;
}

/**
 * Lets so many uploads run at a time, and those of a better rank first. Only the bytes on the wire hold a lane: reading
 * before and writing down after go on beside it, so that the wire never rests.
 */
export class Lanes {
  readonly #waiting: Waiting[] = [];
  #taken = 0;

  /** @param width  how many there are at the moment, at least one */
  constructor(private readonly width: () => number) {}

  async run<T>(rank: Rank, upload: () => Promise<T>): Promise<T> {
    await new Promise<void>((enter) => {
      const behind = this.#waiting.findIndex((other) => other.rank > rank);
      this.#waiting.splice(behind < 0 ? this.#waiting.length : behind, 0, { rank, enter });
      this.#fill();
    });
    try {
      return await upload();
    } finally {
      this.#taken -= 1;
      this.#fill();
    }
  }

  #fill(): void {
    while (this.#taken < this.width()) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#taken += 1;
      next.enter();
    }
  }
}
