import type { GetResult, MediaItemId, Shaped } from "../model";
import type { batchGetAnswer } from "./wire";

/** gRPC codes by which an item is not there for this client: invalid id, not found, not allowed (fact sheet §4.2). */
const UNSEEN: ReadonlySet<number> = new Set([3, 5, 7]);

/**
 * The results of a `mediaItems:batchGet` in the order of the ids; `undefined` where the answer does not say of every
 * id whether it is there, since "gone" must never be a guess.
 */
export function getResults(
  ids: readonly MediaItemId[],
  { mediaItemResults }: Shaped<typeof batchGetAnswer>,
): readonly GetResult[] | undefined {
  if (mediaItemResults.length !== ids.length) return undefined;
  const there = new Map<MediaItemId, GetResult>();
  for (const { mediaItem, status } of mediaItemResults) {
    if (mediaItem) {
      // One told of twice leaves another one untold.
      if (there.has(mediaItem.id)) return undefined;
      there.set(mediaItem.id, { is: "there", item: mediaItem });
    } else if (!UNSEEN.has(status.code)) return undefined;
  }
  const results = ids.map((id): GetResult => there.get(id) ?? { is: "unseen" });
  return results.filter(({ is }) => is === "there").length === there.size ? results : undefined;
}
