import type { Clock } from "./ports";

/** Does something with many things, one after another, in slices: others have their turn in between. */
export async function inSlices<Thing>(
  things: Iterable<Thing>,
  clock: Pick<Clock, "breath">,
  work: (thing: Thing) => void,
): Promise<void> {
  for (const thing of things) {
    const pause = clock.breath();
    if (pause) await pause;
    work(thing);
  }
}
