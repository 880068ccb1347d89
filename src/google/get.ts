import type { ListedItem, MediaItemId, Shaped } from "../model";
import type { batchGetAnswer } from "./wire";

/** gRPC codes by which an item is not there for this client: invalid id, not found, not allowed (fact sheet §4.2). */
const UNSEEN: ReadonlySet<number> = new Set([3, 5, 7]);

/**
 * The items that a `mediaItems:batchGet` says are there; `undefined` where the answer does not say of every id whether it
 * is, since "gone" must never be a guess.
 */
export function itemsThere(
  ids: readonly MediaItemId[],
  { mediaItemResults }: Shaped<typeof batchGetAnswer>,
): ReadonlyMap<MediaItemId, ListedItem> | undefined {
  const there = new Map<MediaItemId, ListedItem>();
  let unseen = 0;
  for (const { mediaItem, status } of mediaItemResults) {
    if (mediaItem) there.set(mediaItem.id, mediaItem);
    else if (UNSEEN.has(status.code)) unseen += 1;
  }
  // One that is told of twice leaves another one untold.
  const told = ids.filter((id) => there.has(id)).length + unseen;
  return told === ids.length && mediaItemResults.length === ids.length ? there : undefined;
}
