import {
  albumId,
  aNumber,
  anObject,
  aText,
  fitting,
  listOf,
  mediaItemId,
  optional,
  someText,
  textLike,
  withDefault,
  type Album,
  type ListedItem,
  type Shape,
} from "../model";

// Google's answers as they come in. Unknown fields pass; default values are left out by proto3 JSON and
// 64-bit numbers come as strings (fact sheet §4).

const digits = textLike(/^\d+$/);
const int64: Shape<number> = (value = 0) => (typeof value === "number" ? value : Number(digits(value)));

const words = withDefault(aText, "");

export const status = anObject({
  /** gRPC code; success has none (fact sheet §4.1). */
  code: withDefault(aNumber, 0),
  message: words,
});

const mediaItemFields = anObject({
  id: someText,
  filename: words,
  productUrl: words,
  mimeType: words,
  mediaMetadata: withDefault(anObject({ width: int64, height: int64 }), {}),
});

export function mediaItem(value: unknown): ListedItem {
  const { id, filename, productUrl, mimeType, mediaMetadata } = mediaItemFields(value);
  return { id: mediaItemId(id), name: filename, url: productUrl, type: mimeType, ...mediaMetadata };
}

const bytesFields = anObject({ baseUrl: someText });

/** An item, and where its bytes lie as they were sent; good for an hour (fact sheet §5). */
export function itemWithBytes(value: unknown): { readonly item: ListedItem; readonly url: string } {
  const item = mediaItem(value);
  const { baseUrl } = bytesFields(value);
  return { item, url: baseUrl + (item.type.startsWith("video/") ? "=dv" : "=d") };
}

const albumFields = anObject({ id: someText, title: words, mediaItemsCount: int64 });

export function album(value: unknown): Album {
  const { id, title, mediaItemsCount } = albumFields(value);
  return { id: albumId(id), title, count: mediaItemsCount };
}

const next = optional(aText);

export const itemPage = anObject({ mediaItems: withDefault(listOf(mediaItem), []), nextPageToken: next });

export const albumPage = anObject({ albums: withDefault(listOf(album), []), nextPageToken: next });

const itemResult = { status: withDefault(status, {}), mediaItem: optional(mediaItem) };

export const createAnswer = anObject({
  newMediaItemResults: withDefault(listOf(anObject({ uploadToken: optional(aText), ...itemResult })), []),
});

export const batchGetAnswer = anObject({ mediaItemResults: withDefault(listOf(anObject(itemResult)), []) });

const textOrNull = optional(fitting<string | null>((value) => value === null || typeof value === "string"));

/** What the token endpoint answers to a code, and to a refresh token (fact sheet §1.4). */
export const grant = anObject({
  access_token: someText,
  /** Seconds; 0 where it is not said. */
  expires_in: int64,
  refresh_token: textOrNull,
  scope: optional(aText),
  id_token: textOrNull,
});
