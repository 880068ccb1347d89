import * as v from "valibot";
import { albumId, mediaItemId, type Album, type ListedItem } from "../model";

// Google's answers as they come in. Unknown fields pass; default values are left out by proto3 JSON and
// 64-bit numbers come as strings (fact sheet §4).

const int64 = v.optional(
  v.pipe(v.union([v.pipe(v.string(), v.digits()), v.number()]), v.transform(Number)),
  0,
);

export const status = v.object({
  /** gRPC code; success has none (fact sheet §4.1). */
  code: v.optional(v.number(), 0),
  message: v.optional(v.string(), ""),
});

export const mediaItem = v.pipe(
  v.object({
    id: v.pipe(v.string(), v.nonEmpty()),
    filename: v.optional(v.string(), ""),
    productUrl: v.optional(v.string(), ""),
    mimeType: v.optional(v.string(), ""),
    baseUrl: v.optional(v.string()),
    mediaMetadata: v.optional(v.object({ width: int64, height: int64 })),
  }),
  v.transform(({ id, filename, productUrl, mimeType, baseUrl, mediaMetadata }) => ({
    item: {
      id: mediaItemId(id),
      name: filename,
      url: productUrl,
      type: mimeType,
      width: mediaMetadata?.width ?? 0,
      height: mediaMetadata?.height ?? 0,
    } satisfies ListedItem,
    baseUrl,
  })),
);

export const album = v.pipe(
  v.object({
    id: v.pipe(v.string(), v.nonEmpty()),
    title: v.optional(v.string(), ""),
    productUrl: v.optional(v.string(), ""),
    mediaItemsCount: int64,
  }),
  v.transform(({ id, title, productUrl, mediaItemsCount }): Album => ({
    id: albumId(id),
    title,
    url: productUrl,
    count: mediaItemsCount,
  })),
);

const next = v.optional(v.string());

export const itemPage = v.object({ mediaItems: v.optional(v.array(mediaItem), []), nextPageToken: next });

export const albumPage = v.object({ albums: v.optional(v.array(album), []), nextPageToken: next });

export const createAnswer = v.object({
  newMediaItemResults: v.optional(
    v.array(
      v.object({
        uploadToken: v.optional(v.string()),
        status: v.optional(status, {}),
        mediaItem: v.optional(mediaItem),
      }),
    ),
    [],
  ),
});

export const batchGetAnswer = v.object({
  mediaItemResults: v.optional(
    v.array(v.object({ status: v.optional(status, {}), mediaItem: v.optional(mediaItem) })),
    [],
  ),
});

/** User info (fact sheet §1.9); the older form calls `sub` `id`. */
export const identity = v.pipe(
  v.object({ sub: v.optional(v.string()), id: v.optional(v.string()), email: v.optional(v.string(), "") }),
  v.transform(({ sub, id, email }) => ({ sub: sub ?? id ?? "", email })),
);

/** What the token endpoint answers to a code (fact sheet §1.4). */
export const grant = v.object({
  access_token: v.pipe(v.string(), v.nonEmpty()),
  refresh_token: v.optional(v.nullable(v.string())),
  scope: v.optional(v.string()),
  id_token: v.optional(v.nullable(v.string())),
});
