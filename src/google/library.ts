import { PhotosError, type Account, type Album, type Clock, type PhotoLibrary, type Shape } from "../model";
import { createBody, createResults } from "./create";
import { answerIn } from "./exchange";
import { itemsThere } from "./get";
import { API, type Call, type Transport } from "./transport";
import { upload } from "./upload";
import * as wire from "./wire";

/** Creates of up to four minutes were seen (fact sheet §9.1). */
const CREATE_TIMEOUT = 300_000;
const DOWNLOAD_TIMEOUT = 600_000;

/** The most that the service takes or gives at once (fact sheet §4). */
const ITEMS_TO_A_PAGE = 100;
const ALBUMS_TO_A_PAGE = 50;

export interface LibraryDeps {
  readonly transport: Transport;
  readonly clock: Clock;
  /** Whose library it is, as the sign-in knows. */
  readonly account: () => Promise<Account>;
}

/**
 * The user's photo library over one authorised transport. It repeats a call whose access token was refused, and goes on
 * with a long upload after a break of minutes: who waits longer and tries again is decided by `backup/`.
 *
 * Every method rejects with a `PhotosError`, or with the signal's reason where the caller gave up.
 */
export function createPhotoLibrary({ transport, clock, account }: LibraryDeps): PhotoLibrary {
  /** Sends a call and reads its answer by its shape; an answer that makes no sense is an error as well. */
  async function asked<Value>(
    call: Call,
    shape: Shape<Value | undefined>,
    signal: AbortSignal,
  ): Promise<Value> {
    return answerIn(await transport.send(call, signal), shape);
  }

  /** Puts items into an album, or takes them out. */
  function changeAlbum(verb: string): PhotoLibrary["addToAlbum"] {
    return async (album, ids, signal) => {
      if (ids.length === 0) return;
      const path = `/albums/${encodeURIComponent(album)}:${verb}`;
      await transport.send(post("album", path, { mediaItemIds: ids }), signal);
    };
  }

  return {
    account,

    upload: (source, type, options) => upload({ transport, clock }, source, type, options),

    async create(items, { album, signal }) {
      if (items.length === 0) return [];
      const call = post("create", "/mediaItems:batchCreate", createBody(items, album));
      return createResults(items, await asked(call, wire.createAnswer, signal));
    },

    async list({ album, page, signal }) {
      const search = { albumId: album, pageSize: ITEMS_TO_A_PAGE, pageToken: page };
      const call =
        album === undefined
          ? getPage("/mediaItems", ITEMS_TO_A_PAGE, page)
          : post("album", "/mediaItems:search", search);
      const { mediaItems, nextPageToken } = await asked(call, wire.itemPage, signal);
      return { rows: mediaItems, next: nextPageToken || undefined };
    },

    async get(ids, signal) {
      if (ids.length === 0) return new Map();
      const call = get(
        "read",
        "/mediaItems:batchGet",
        new URLSearchParams(ids.map((id) => ["mediaItemIds", id])),
      );
      return asked(call, (answer) => itemsThere(ids, wire.batchGetAnswer(answer)), signal);
    },

    createAlbum: (title, signal) =>
      asked(post("create", "/albums", { album: { title } }), wire.album, signal),

    async album(id, signal): Promise<Album | undefined> {
      try {
        return await asked(get("album", `/albums/${encodeURIComponent(id)}`), wire.album, signal);
      } catch (error) {
        if (error instanceof PhotosError && error.kind === "bad-album") return undefined;
        throw error;
      }
    },

    async albums({ page, signal }) {
      const call = getPage("/albums", ALBUMS_TO_A_PAGE, page);
      const { albums, nextPageToken } = await asked(call, wire.albumPage, signal);
      return { rows: albums, next: nextPageToken || undefined };
    },

    addToAlbum: changeAlbum("batchAddMediaItems"),

    removeFromAlbum: changeAlbum("batchRemoveMediaItems"),

    async download(id, signal) {
      // Asked anew each time: an address of bytes ends after an hour (fact sheet §5).
      const about = get("item", `/mediaItems/${encodeURIComponent(id)}`);
      const { item, url } = await asked(about, wire.itemWithBytes, signal);
      const call = { kind: "read", method: "GET", url, timeout: DOWNLOAD_TIMEOUT } as const;
      const { bytes } = await transport.send(call, signal);
      return { item, bytes };
    },
  };
}

function get(kind: Call["kind"], path: string, query?: URLSearchParams): Call {
  const url = API + path + (query ? `?${query.toString()}` : "");
  return { kind, method: "GET", url };
}

/** @param token  of the page; without it, the first */
function getPage(path: string, rows: number, token: string | undefined): Call {
  const query = { pageSize: String(rows), ...(token !== undefined && { pageToken: token }) };
  return get("read", path, new URLSearchParams(query));
}

function post(kind: Call["kind"], path: string, body: unknown): Call {
  return {
    kind,
    method: "POST",
    url: API + path,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    ...(kind === "create" && { timeout: CREATE_TIMEOUT }),
  };
}
