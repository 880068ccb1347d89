import type { AlbumId, CreateResult, NewMediaItem, Shaped } from "../model";
import type { createAnswer } from "./wire";

/** The body of a `mediaItems:batchCreate` (fact sheet §4.1). */
export function createBody(items: readonly NewMediaItem[], album: AlbumId | undefined): unknown {
  return {
    albumId: album,
    newMediaItems: items.map(({ token, name, description }) => ({
      ...(description && { description }),
      simpleMediaItem: { uploadToken: token, fileName: name },
    })),
  };
}

/** gRPC codes of a single item that another try may mend: cancelled, unknown, deadline, same bytes twice in one
 * call, exhausted, aborted, internal, unavailable (fact sheet §4.1). */
const AGAIN: ReadonlySet<number> = new Set([1, 2, 4, 6, 8, 10, 13, 14]);
const INVALID_ARGUMENT = 3;

type Answer = Shaped<typeof createAnswer>["newMediaItemResults"][number];

/** Decides by code, never by text, which several codes share. A missing code is success. */
function resultOf({ status, mediaItem }: Answer): CreateResult {
  // One library writes success as an HTTP status (fact sheet §4.1), so a service may as well.
  if (mediaItem && (status.code === 0 || status.code === 200)) {
    return { is: "created", item: mediaItem };
  }
  if (status.code === 0 || AGAIN.has(status.code)) return { is: "again" };
  if (status.code === INVALID_ARGUMENT && !/upload token/i.test(status.message))
    return { is: "not-an-image" };
  return { is: "refused" };
}

/**
 * The results in the order of the items, matched by upload token. An item without a result, and each item of an
 * answer without any, may be tried again with the same token (fact sheet §4.1).
 */
export function createResults(
  items: readonly NewMediaItem[],
  answer: Shaped<typeof createAnswer>,
): readonly CreateResult[] {
  const byToken = new Map(answer.newMediaItemResults.map((result) => [result.uploadToken, result]));
  return items.map(({ token }) => {
    const result = byToken.get(token);
    return result ? resultOf(result) : { is: "again" };
  });
}
