import { randomBytes } from "node:crypto";
import { scope } from "../sign-in/scopes";
import { badField, badRequest, notFound, scopeMissing } from "../wire/refusal";
import { readMessage } from "../wire/proto-json";
import type { HeldAlbum } from "../library/store";
import { addEnrichmentRequest, createAlbumRequest, itemIdsRequest, patchAlbumRequest } from "./messages";
import { page, pageSize } from "./paging";
import type { Admitted, PhotosMethod } from "./photos-method";
import { placeOf } from "./place";
import { albumById, albumToWrite } from "./visible";
import { wireAlbum } from "./wire-item";

const titleLimit = 500;
const newestAlbumFirst = {
  keyOf: (album: HeldAlbum): string => `${album.at} ${album.id}`,
  isAfter(album: HeldAlbum, key: string): boolean {
    const [at = "0", id = ""] = key.split(" ");
    return album.at === Number(at) ? album.id < id : album.at < Number(at);
  },
};

function readTitle(title: string | undefined): string {
  if (title === undefined || title.trim() === "") throw badRequest("Album title must not be empty.");
  if (title.length > titleLimit)
    throw badRequest(`Album title must not be longer than ${titleLimit} characters.`);
  return title;
}

function albumToRead({ service, bearer, params }: Admitted): HeldAlbum {
  const album = albumById(service, bearer, params["id"] ?? "");
  if (album === undefined) throw notFound();
  return album;
}

/** The ids of a batch, each an item of this client's; all or nothing (§4.3). */
function readIds({ service, bearer, incoming }: Admitted): string[] {
  const { mediaItemIds = [] } = readMessage(incoming, itemIdsRequest);
  if (mediaItemIds.length === 0) throw badRequest("Request must contain at least one media item id.");
  if (mediaItemIds.length > 50) throw badRequest("Request must have less than 50 items.");
  const isOwn = (id: string): boolean => {
    const item = service.library.store.items.get(id);
    return item?.account === bearer.account && item.client === bearer.client && item.binnedAt === null;
  };
  if (service.switches.albumAdd === "lenient") return [...new Set(mediaItemIds.filter(isOwn))];
  if (new Set(mediaItemIds).size < mediaItemIds.length)
    throw badRequest("Request must not contain duplicated ids");
  if (!mediaItemIds.every(isOwn)) throw badRequest("Request contains an invalid media item id.");
  return mediaItemIds;
}

/** What the service took away in 2025: no token can hold the scope it needs (fact sheet §2). */
const removed = (name: string, verb: "GET" | "POST", path: RegExp): PhotosMethod => ({
  name,
  kind: "other",
  verb,
  path,
  scopes: [scope.append, scope.read, scope.edit],
  run() {
    throw scopeMissing();
  },
});

export const albumMethods: readonly PhotosMethod[] = [
  {
    name: "albums.create",
    kind: "other",
    verb: "POST",
    path: /^\/v1\/albums$/,
    scopes: [scope.append],
    writes: true,
    run({ service, bearer, incoming }) {
      const title = readTitle(readMessage(incoming, createAlbumRequest).album?.title);
      return wireAlbum(service, service.library.createAlbum(bearer.account, bearer.client, title), bearer);
    },
  },
  {
    name: "albums.list",
    kind: "other",
    verb: "GET",
    path: /^\/v1\/albums$/,
    scopes: [scope.read],
    parameters: ["pageSize", "pageToken", "excludeNonAppCreatedData"],
    run({ service, bearer, query }) {
      const size = pageSize(service, query.whole("pageSize"), 20, 50);
      const albums = [...service.library.store.albums.values()]
        .filter((album) => albumById(service, bearer, album.id) !== undefined)
        .sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
      const found = page(
        service,
        albums,
        { what: "albums", size, token: query.text("pageToken") },
        newestAlbumFirst,
      );
      return {
        ...(found.entries.length === 0
          ? {}
          : { albums: found.entries.map((album) => wireAlbum(service, album, bearer)) }),
        ...(found.nextPageToken === undefined ? {} : { nextPageToken: found.nextPageToken }),
      };
    },
  },
  {
    name: "albums.get",
    kind: "other",
    verb: "GET",
    path: /^\/v1\/albums\/(?<id>[^/:]+)$/,
    scopes: [scope.read],
    run: (call) => wireAlbum(call.service, albumToRead(call), call.bearer),
  },
  {
    name: "albums.patch",
    kind: "other",
    verb: "PATCH",
    path: /^\/v1\/albums\/(?<id>[^/:]+)$/,
    scopes: [scope.edit],
    parameters: ["updateMask"],
    writes: true,
    run(call) {
      const { service, query, incoming } = call;
      const body = readMessage(incoming, patchAlbumRequest);
      const album = albumToRead(call);
      const masks = (query.text("updateMask") ?? "").split(",");
      const cover = masks.some(
        (name) => name === "cover_photo_media_item_id" || name === "coverPhotoMediaItemId",
      );
      const title = masks.includes("title");
      if (!title && !cover) throw badField("update_mask", "Invalid update mask.");
      if (cover && !album.added.has(body.coverPhotoMediaItemId ?? "")) {
        throw badRequest("Request contains an invalid media item id.");
      }
      service.journal.write({
        is: "album-changed",
        id: album.id,
        ...(title ? { title: readTitle(body.title) } : {}),
        ...(cover && body.coverPhotoMediaItemId !== undefined ? { cover: body.coverPhotoMediaItemId } : {}),
      });
      return wireAlbum(service, album, call.bearer);
    },
  },
  {
    name: "albums.batchAddMediaItems",
    kind: "other",
    verb: "POST",
    path: /^\/v1\/albums\/(?<id>[^/:]+):batchAddMediaItems$/,
    scopes: [scope.append, scope.edit],
    writes: true,
    run(call) {
      const album = albumToWrite(call.service, call.bearer, call.params["id"] ?? "");
      const ids = readIds(call);
      if (album.added.size + ids.length > 20_000)
        throw badRequest("An album holds at most 20000 media items.");
      call.service.library.addToAlbum(album, ids);
      return {};
    },
  },
  {
    name: "albums.batchRemoveMediaItems",
    kind: "other",
    verb: "POST",
    path: /^\/v1\/albums\/(?<id>[^/:]+):batchRemoveMediaItems$/,
    scopes: [scope.edit],
    writes: true,
    run(call) {
      const album = albumToWrite(call.service, call.bearer, call.params["id"] ?? "");
      const items = readIds(call);
      if (!items.every((id) => album.added.has(id)))
        throw badRequest("Request contains an invalid media item id.");
      call.service.journal.write({ is: "album-removed", id: album.id, items });
      return {};
    },
  },
  {
    name: "albums.addEnrichment",
    kind: "other",
    verb: "POST",
    path: /^\/v1\/albums\/(?<id>[^/:]+):addEnrichment$/,
    scopes: [scope.append, scope.edit],
    writes: true,
    run({ service, bearer, params, incoming }) {
      const { newEnrichmentItem, albumPosition } = readMessage(incoming, addEnrichmentRequest);
      const album = albumToWrite(service, bearer, params["id"] ?? "");
      if (Object.keys(newEnrichmentItem ?? {}).length !== 1)
        throw badRequest("Request must contain one enrichment.");
      const id = `AE${randomBytes(52).toString("base64url")}`;
      const place = placeOf(albumPosition);
      service.journal.write({
        is: "album-added",
        id: album.id,
        entries: [{ enrichment: id }],
        place,
        at: service.clock.now(),
      });
      return { enrichmentItem: { id } };
    },
  },
  removed("albums.share", "POST", /^\/v1\/albums\/[^/:]+:share$/),
  removed("albums.unshare", "POST", /^\/v1\/albums\/[^/:]+:unshare$/),
  removed("sharedAlbums.list", "GET", /^\/v1\/sharedAlbums$/),
  removed("sharedAlbums.join", "POST", /^\/v1\/sharedAlbums:join$/),
  removed("sharedAlbums.leave", "POST", /^\/v1\/sharedAlbums:leave$/),
  removed("sharedAlbums.get", "GET", /^\/v1\/sharedAlbums\/[^/:]+$/),
];
