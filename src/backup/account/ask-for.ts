import { MOST_IDS, type ListedItem, type MediaItemId } from "../../model";

/**
 * Asks Google for the items that some things are about: so many at a time as one call may ask for, each once.
 *
 * @param get  the items that are there, of at most `MOST_IDS` ids
 * @returns    the things of each call in turn, each with its item; `undefined` where Google says that there is none
 * @throws PhotosError
 */
export async function* askFor<Thing>(
  things: readonly Thing[],
  idOf: (thing: Thing) => MediaItemId,
  get: (ids: readonly MediaItemId[]) => Promise<ReadonlyMap<MediaItemId, ListedItem>>,
): AsyncIterable<readonly (readonly [Thing, ListedItem | undefined])[]> {
  for (let at = 0; at < things.length; at += MOST_IDS) {
    const asked = things.slice(at, at + MOST_IDS);
    const there = await get([...new Set(asked.map(idOf))]);
    yield asked.map((thing) => [thing, there.get(idOf(thing))] as const);
  }
}
