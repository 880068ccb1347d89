import { scope } from "../sign-in/scopes";
import { badField, badRequest, notFound } from "../wire/refusal";
import { readMessage } from "../wire/proto-json";
import type { HeldItem } from "../library/store";
import type { Service } from "../service";
import { patchItemRequest } from "./messages";
import { page, pageSize } from "./paging";
import type { PhotosMethod } from "./photos-method";
import { isListed, itemById, mayRead } from "./visible";
import { wireItem } from "./wire-item";

/** Descriptions are shorter than 1000 characters (fact sheet §4.1). */
export const descriptionLimit = 1000;

/** Items of all dates in the API's order, newest first. */
export const newestFirst = {
  keyOf: (item: HeldItem): string => `${item.creationTime} ${item.n}`,
  isAfter(item: HeldItem, key: string): boolean {
    const [time = 0, n = 0] = key.split(" ").map(Number);
    return item.creationTime === time ? item.n < n : item.creationTime < time;
  },
};

export const oldestFirst = {
  keyOf: newestFirst.keyOf,
  isAfter(item: HeldItem, key: string): boolean {
    const [time = 0, n = 0] = key.split(" ").map(Number);
    return item.creationTime === time ? item.n > n : item.creationTime > time;
  },
};

const unknownItem = (service: Service): Error =>
  service.switches.unknownItem === "404" ? notFound() : badRequest("Invalid media item ID.");

/** A page of items as lists and searches answer it; an empty one is `{}`. */
export const itemPage = (
  service: Service,
  found: { entries: HeldItem[]; nextPageToken?: string },
  inAlbum?: string,
): unknown => ({
  ...(found.entries.length === 0
    ? {}
    : {
        mediaItems: found.entries.map((item) =>
          wireItem(service, item, { baseUrl: true, ...(inAlbum === undefined ? {} : { inAlbum }) }),
        ),
      }),
  ...(found.nextPageToken === undefined ? {} : { nextPageToken: found.nextPageToken }),
});

export const mediaItemMethods: readonly PhotosMethod[] = [
  {
    name: "mediaItems.list",
    kind: "other",
    verb: "GET",
    path: /^\/v1\/mediaItems$/,
    scopes: [scope.read],
    parameters: ["pageSize", "pageToken"],
    run({ service, bearer, query }) {
      const size = pageSize(service, query.whole("pageSize"), 25, 100);
      const items = service.library.store
        .newestFirst()
        .filter((item) => mayRead(service, bearer, item) && isListed(service, item));
      const asked = { what: "mediaItems", size, token: query.text("pageToken") };
      return itemPage(service, page(service, items, asked, newestFirst));
    },
  },
  {
    name: "mediaItems.batchGet",
    kind: "other",
    verb: "GET",
    path: /^\/v1\/mediaItems:batchGet$/,
    scopes: [scope.read],
    parameters: ["mediaItemIds"],
    run({ service, bearer, query }) {
      const ids = query.all("mediaItemIds");
      if (ids.length === 0) throw badRequest("Request must contain at least one media item ID.");
      if (ids.length > 50) throw badRequest("Request must have less than 50 items.");
      if (new Set(ids).size < ids.length) throw badRequest("Request must not contain duplicated ids.");
      return {
        mediaItemResults: ids.map((id) => {
          const item = itemById(service, bearer, id);
          return item === undefined
            ? { status: { code: 3, message: "Invalid media item ID." } }
            : { mediaItem: wireItem(service, item, { baseUrl: true }) };
        }),
      };
    },
  },
  {
    name: "mediaItems.get",
    kind: "other",
    verb: "GET",
    path: /^\/v1\/mediaItems\/(?<id>[^/:]+)$/,
    scopes: [scope.read],
    run({ service, bearer, params }) {
      const item = itemById(service, bearer, params["id"] ?? "");
      if (item === undefined) throw unknownItem(service);
      return wireItem(service, item, { baseUrl: true });
    },
  },
  {
    name: "mediaItems.patch",
    kind: "other",
    verb: "PATCH",
    path: /^\/v1\/mediaItems\/(?<id>[^/:]+)$/,
    scopes: [scope.edit],
    parameters: ["updateMask"],
    writes: true,
    run({ service, bearer, params, query, incoming }) {
      if (query.text("updateMask") !== "description") {
        throw badField("update_mask", "Invalid update mask: only 'description' can be updated.");
      }
      const { description = "" } = readMessage(incoming, patchItemRequest);
      if (description.length >= descriptionLimit)
        throw badRequest("Description must be shorter than 1000 characters.");
      const item = itemById(service, bearer, params["id"] ?? "");
      if (item === undefined) throw unknownItem(service);
      service.journal.write({ is: "item-described", id: item.id, description });
      return wireItem(service, item, { baseUrl: true });
    },
  },
];
