import type { Clock, Random } from "../model";

/** The host's time. */
export const hostClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      const wake = (): void => {
        signal.removeEventListener("abort", end);
        resolve();
      };
      const end = (): void => {
        window.clearTimeout(timer);
        reject(signal.reason as Error);
      };
      // A timer holds at most 2^31 - 1 ms; whoever sleeps longer wakes early and looks at the clock again.
      const timer = window.setTimeout(wake, Math.min(ms, 0x7fff_ffff));
      if (signal.aborted) end();
      else signal.addEventListener("abort", end, { once: true });
    }),
};

/** The host's chance; strong enough for the names devices give themselves. */
export const hostRandom: Random = {
  next: () => {
    const [word = 0] = crypto.getRandomValues(new Uint32Array(1));
    return word / 2 ** 32;
  },
};
