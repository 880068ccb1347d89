import { whileWanted } from "../model";

/** Lets work begin only while the bytes that all of it holds stay within a budget. */
export interface ByteBudget {
  /**
   * Runs work that holds so many bytes, as soon as there is room. Work that alone is over the budget runs alone.
   *
   * @throws the signal's reason where it is aborted while waiting, and what the work throws
   */
  hold<Result>(bytes: number, signal: AbortSignal, work: () => Promise<Result>): Promise<Result>;
}

interface Waiting {
  readonly bytes: number;
  readonly begin: () => void;
}

/** @param most  bytes that may be held at once */
export function createByteBudget(most: number): ByteBudget {
  let held = 0;
  const waiting: Waiting[] = [];

  /** First come, first served: a large picture is not passed by small ones for ever. */
  function admit(): void {
    let next = waiting[0];
    while (next && (held === 0 || held + next.bytes <= most)) {
      waiting.shift();
      held += next.bytes;
      next.begin();
      next = waiting[0];
    }
  }

  return {
    async hold(bytes, signal, work) {
      signal.throwIfAborted();
      let begin = (): void => undefined;
      const turn = new Promise<void>((resolve) => (begin = resolve));
      const entry: Waiting = { bytes, begin };
      waiting.push(entry);
      admit();
      try {
        await whileWanted(turn, signal);
        return await work();
      } finally {
        const place = waiting.indexOf(entry);
        if (place >= 0) waiting.splice(place, 1);
        else held -= bytes;
        admit();
      }
    },
  };
}
