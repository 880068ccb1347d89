import { whileWanted, type Clock, type Random } from "../model";

/** Long work gives way to the editor after this long, in milliseconds: a phone's processor must do with it, too. */
const SLICE = 10;

/** The time is looked at once in so many parts of long work. */
const PARTS = 32;

/** When somebody last took a breath, and how often one was asked for. */
let breathed = 0;
let asked = 0;

/** Resolves in a task of its own; where the host can, in the first one after what the person does. */
async function nextTask(): Promise<void> {
  const { scheduler } = window as { readonly scheduler?: { readonly yield?: () => Promise<void> } };
  // A timer would be held back four milliseconds, and for a second in a window that is not in front.
  await (scheduler?.yield?.() ??
    new Promise<void>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve();
      port2.postMessage(0);
    }));
  breathed = performance.now();
}

/** The host's time. */
export const hostClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  breath: () => {
    asked += 1;
    return asked % PARTS !== 0 || performance.now() - breathed < SLICE ? undefined : nextTask();
  },
  sleep: (ms, signal) => {
    let timer: number | undefined;
    const woken = new Promise<void>((resolve) => {
      // A timer holds at most 2^31 - 1 ms; whoever sleeps longer wakes early and looks at the clock again.
      timer = window.setTimeout(resolve, Math.min(ms, 0x7fff_ffff));
    });
    return whileWanted(woken, signal).finally(() => window.clearTimeout(timer));
  },
};

/** The host's chance: for pauses, and the names that devices give themselves, which are no secrets. */
export const hostRandom: Random = { next: () => Math.random() };
