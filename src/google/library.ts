import {
  PhotosError,
  type Account,
  type Album,
  type AlbumId,
  type Clock,
  type MediaItemId,
  type PhotoLibrary,
  type Shape,
} from "../model";
import { createBody, createResults } from "./create";
import { answerIn } from "./exchange";
import { getResults } from "./get";
import { API, type Call, type Transport } from "./transport";
import { upload } from "./upload";
import * as wire from "./wire";

/** Creates of up to four minutes were seen (fact sheet §9.1). */
const CREATE_TIMEOUT = 300_000;
const READ_TIMEOUT = 60_000;
const DOWNLOAD_TIMEOUT = 600_000;

/** The most that the service takes or gives at once (fact sheet §4). */
const ITEMS_TO_A_PAGE = 100;
const ALBUMS_TO_A_PAGE = 50;
const LONGEST_TITLE = 500;

/** What Google can do beyond what backup needs of a photo library. */
export interface DescribedLibrary extends PhotoLibrary {
  /**
   * Gives an item another description; one that this client did not make is refused.
   *
   * @param description  at most 1,000 characters (fact sheet §4.2)
   */
  describe(id: MediaItemId, description: string, signal: AbortSignal): Promise<void>;
}

export interface LibraryDeps {
  readonly transport: Transport;
  readonly clock: Clock;
  /** Whose library it is, as the sign-in knows. */
  readonly account: (signal: AbortSignal) => Promise<Account>;
}

/**
 * The user's photo library over one authorised transport. It repeats nothing but a call whose access token was
 * refused: who waits and tries again is decided by `backup/`.
 *
 * Every method rejects with a `PhotosError`, or with the signal's reason where the caller gave up.
 */
export function createPhotoLibrary({ transport, clock, account }: LibraryDeps): DescribedLibrary {
  /** Sends a call and reads its answer by its shape; an answer that makes no sense is an error as well. */
  async function asked<Value>(
    call: Call,
    shape: Shape<Value | undefined>,
    signal: AbortSignal,
  ): Promise<Value> {
    return answerIn(await transport.send(call, signal), shape);
  }

  async function changeAlbum(
    id: AlbumId,
    verb: string,
    ids: readonly MediaItemId[],
    signal: AbortSignal,
  ): Promise<void> {
    if (ids.length === 0) return;
    const url = `${API}/albums/${encodeURIComponent(id)}:${verb}`;
    await transport.send(post("album", url, { mediaItemIds: ids }), signal);
  }

  return {
    account,

    upload: (source, type, options) => upload({ transport, clock }, source, type, options),

    async create(items, { album, signal }) {
      if (items.length === 0) return [];
      const call = post("create", `${API}/mediaItems:batchCreate`, createBody(items, album));
      return createResults(items, await asked(call, wire.createAnswer, signal));
    },

    async list({ album, page, signal }) {
      const rest = { pageSize: ITEMS_TO_A_PAGE, ...(page === undefined ? {} : { pageToken: page }) };
      const call =
        album === undefined
          ? get("read", `${API}/mediaItems`, rest)
          : post("album", `${API}/mediaItems:search`, { albumId: album, ...rest });
      const { mediaItems, nextPageToken } = await asked(call, wire.itemPage, signal);
      return { rows: mediaItems, ...pageAfter(nextPageToken) };
    },

    async get(ids, signal) {
      if (ids.length === 0) return [];
      const call = get("read", `${API}/mediaItems:batchGet`, { mediaItemIds: ids });
      return asked(call, (answer) => getResults(ids, wire.batchGetAnswer(answer)), signal);
    },

    createAlbum: (title, signal) =>
      asked(post("create", `${API}/albums`, { album: { title: titleThatFits(title) } }), wire.album, signal),

    async album(id, signal): Promise<Album | undefined> {
      try {
        return await asked(get("album", `${API}/albums/${encodeURIComponent(id)}`), wire.album, signal);
      } catch (error) {
        if (error instanceof PhotosError && error.kind === "bad-album") return undefined;
        throw error;
      }
    },

    async albums({ page, signal }) {
      const rest = { pageSize: ALBUMS_TO_A_PAGE, ...(page === undefined ? {} : { pageToken: page }) };
      const { albums, nextPageToken } = await asked(
        get("read", `${API}/albums`, rest),
        wire.albumPage,
        signal,
      );
      return { rows: albums, ...pageAfter(nextPageToken) };
    },

    addToAlbum: (album, ids, signal) => changeAlbum(album, "batchAddMediaItems", ids, signal),

    removeFromAlbum: (album, ids, signal) => changeAlbum(album, "batchRemoveMediaItems", ids, signal),

    async describe(id, description, signal) {
      const url = `${API}/mediaItems/${encodeURIComponent(id)}?updateMask=description`;
      await transport.send({ ...post("item", url, { description }), method: "PATCH" }, signal);
    },

    async download(id, signal) {
      // Asked anew each time: an address of bytes ends after an hour (fact sheet §5).
      const about = get("item", `${API}/mediaItems/${encodeURIComponent(id)}`);
      const address = await asked(about, wire.addressOfBytes, signal);
      const bytes = { ...get("read", address), timeout: DOWNLOAD_TIMEOUT };
      return (await transport.send(bytes, signal)).bytes;
    },
  };
}

/** Cut to what Google takes, between characters and never inside one. */
function titleThatFits(title: string): string {
  let cut = "";
  for (const character of title) {
    if (cut.length + character.length > LONGEST_TITLE) break;
    cut += character;
  }
  return cut;
}

function get(
  kind: Call["kind"],
  url: string,
  query: Readonly<Record<string, string | number | readonly string[]>> = {},
): Call {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of typeof value === "object" ? value : [String(value)]) fields.append(name, one);
  }
  const asked = fields.toString();
  return { kind, method: "GET", url: asked === "" ? url : `${url}?${asked}`, timeout: READ_TIMEOUT };
}

function post(kind: Call["kind"], url: string, body: unknown): Call {
  return {
    kind,
    method: "POST",
    url,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    timeout: kind === "create" ? CREATE_TIMEOUT : READ_TIMEOUT,
  };
}

/** The page after this one; an empty token means that there is none. */
function pageAfter(token: string | undefined): { readonly next?: string } {
  return token === undefined || token === "" ? {} : { next: token };
}
