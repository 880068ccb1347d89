import { MOST_IDS, type ListedItem, type MediaItemId, type PhotoLibrary } from "../model";

/**
 * Asks Google for the items that some things are about: so many at a time as one call may ask for, each once.
 *
 * @returns  the things of each call in turn, each with its item; `undefined` where Google says that there is none
 * @throws PhotosError
 */
export async function* askFor<Thing>(
  things: readonly Thing[],
  idOf: (thing: Thing) => MediaItemId,
  library: PhotoLibrary,
  signal: AbortSignal,
): AsyncIterable<readonly (readonly [Thing, ListedItem | undefined])[]> {
  for (let at = 0; at < things.length; at += MOST_IDS) {
    const asked = things.slice(at, at + MOST_IDS);
    const there = await library.get([...new Set(asked.map(idOf))], signal);
    yield asked.map((thing) => [thing, there.get(idOf(thing))] as const);
  }
}
