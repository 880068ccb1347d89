import {
  accountKey,
  albumId,
  mediaItemId,
  PhotosError,
  uploadToken,
  whileWanted,
  type Account,
  type Album,
  type AlbumId,
  type CreateResult,
  type ListedItem,
  type MediaItemId,
  type PhotoLibrary,
  type PhotosErrorKind,
  type UploadToken,
  type NewMediaItem,
} from "../../src/model";
import type { SimulatedTime } from "./clock";
import type { SeededRandom } from "./random";

const DAY = 24 * 3_600_000;
const PAGE = 100;
const ALBUMS_PAGE = 50;
/** Bytes of a longer upload are told of on the way. */
const LONG = 1_000;

/** As much of simulated time as a service needs. */
export type ServiceTime = Pick<SimulatedTime, "elapsed" | "sleep">;

/** The calls of a photo library. */
export type Call = Exclude<keyof PhotoLibrary, "account"> | "account";

/**
 * What strikes a call. `before`: nothing is done. `after`: it is done, and the answer is an error or lost. `late`: the
 * client gives up waiting, and the service does it all the same a while later.
 */
export type Fault =
  | { readonly when: "before" | "after"; readonly kind: PhotosErrorKind; readonly retryAfter?: number }
  | { readonly when: "late"; readonly by: number };

interface StoredItem {
  readonly id: MediaItemId;
  readonly name: string;
  readonly description?: string;
  /** What the bytes are, as text: two that differ in one byte differ here. */
  readonly content: string;
  readonly madeAt: number;
  /** The device that made it; none for what is from elsewhere. */
  readonly madeBy: string | undefined;
  readonly albums: Set<AlbumId>;
  readonly fromElsewhere: boolean;
  /** Where Google gives another address than the usual one. */
  readonly url?: string;
  readonly width?: number;
  readonly height?: number;
  gone: boolean;
  /** What is gone lies in the bin: bytes that are sent again lead to it, and it stays invisible. */
  inBin?: boolean;
}

/** Google Photos in memory, on simulated time: one account, many devices. Passes the same contract as the emulator. */
export class SimulatedService {
  readonly items: StoredItem[] = [];
  readonly albums = new Map<AlbumId, { readonly title: string }>();
  readonly calls = new Map<Call, number>();
  readonly struck = new Map<string, number>();
  /** Lists and counts show an item this many milliseconds after it was made. */
  lag = 0;
  signedIn = true;
  /** Most items that an album holds. */
  albumItems = 20_000;
  /** Whether it refuses to take out what is not in an album; what Google does is not known. */
  refusesAbsent = true;
  /** Creates that were refused because their album was full. */
  full = 0;
  readonly #tokens = new Map<UploadToken, { content: string; at: number; item?: MediaItemId }>();
  readonly #account: Account;
  #numbers = 0;
  #creating = 0;
  /** Highest number of creates that were under way at once. */
  overlap = 0;
  #uploading = 0;
  /** Highest number of uploads that were under way at once. */
  uploadsAtOnce = 0;

  constructor(
    private readonly time: ServiceTime,
    private readonly random: SeededRandom,
    /** Decides what strikes a call; by default nothing. */
    public strike: (call: Call, device: string) => Fault | undefined = () => undefined,
    private readonly sub = "person-1",
  ) {
    this.#account = { key: accountKey("client-1", sub), email: `${sub}@example.com` };
  }

  get account(): Account {
    return this.#account;
  }

  /** An item that the user had from elsewhere: this client cannot see it. */
  addFromElsewhere(content: string, name: string): void {
    this.items.push(this.#item(name, content, undefined, undefined));
  }

  /** What is answered of an item that was made. */
  answered: (result: CreateResult) => CreateResult = (result) => result;

  /** Happens when half of a long upload is there. */
  halfway: () => void = () => undefined;

  /** The library as one device reaches it. */
  library(device: string): PhotoLibrary {
    const call = <Answer>(name: Call, work: () => Answer, signal: AbortSignal): Promise<Answer> =>
      this.#answer(name, device, work, signal);
    return {
      account: (signal) => call("account", () => this.#account, signal),
      upload: async (source, _type, { signal, onSent }) => {
        const content = new TextDecoder().decode(await source.slice(0, source.size));
        if (content.length > LONG) {
          this.halfway();
          await onSent?.(Math.floor(content.length / 2));
        }
        this.#uploading += 1;
        this.uploadsAtOnce = Math.max(this.uploadsAtOnce, this.#uploading);
        try {
          const token = await call("upload", () => this.#upload(content), signal);
          if (content.length > LONG) onSent?.(content.length);
          return token;
        } finally {
          this.#uploading -= 1;
        }
      },
      create: async (items, { album, signal }) => {
        this.#creating += 1;
        this.overlap = Math.max(this.overlap, this.#creating);
        try {
          return await call("create", () => this.#create(items, album, device), signal);
        } finally {
          this.#creating -= 1;
        }
      },
      list: ({ album, page, signal }) => call("list", () => this.#list(album, page), signal),
      get: (ids, signal) =>
        call(
          "get",
          () => {
            if (new Set(ids).size < ids.length) throw new Error("an item is asked for twice in one call");
            const there = this.items.filter(({ id, gone, fromElsewhere }) => {
              return ids.includes(id) && !gone && !fromElsewhere;
            });
            return new Map(there.map((item) => [item.id, listed(item)]));
          },
          signal,
        ),
      createAlbum: (title, signal) => call("createAlbum", () => this.#createAlbum(title), signal),
      album: (id, signal) => call("album", () => this.#album(id), signal),
      albums: ({ page, signal }) => call("albums", () => this.#listAlbums(page), signal),
      addToAlbum: (album, ids, signal) =>
        call("addToAlbum", () => this.#found(ids).forEach((item) => item.albums.add(album)), signal),
      removeFromAlbum: (album, ids, signal) =>
        call("removeFromAlbum", () => this.#removeFromAlbum(album, ids), signal),
      download: (id, signal) =>
        call(
          "download",
          () => {
            const item = this.items.find((one) => one.id === id);
            if (item === undefined || item.gone || item.fromElsewhere) throw new PhotosError("bad-item");
            return { item: listed(item), bytes: new TextEncoder().encode(item.content) };
          },
          signal,
        ),
    };
  }

  async #answer<Answer>(
    name: Call,
    device: string,
    work: () => Answer,
    signal: AbortSignal,
  ): Promise<Answer> {
    // What was given up before it was asked never comes here.
    signal.throwIfAborted();
    this.calls.set(name, (this.calls.get(name) ?? 0) + 1);
    const fault = this.strike(name, device);
    if (fault !== undefined) {
      const key = `${fault.when} ${fault.when === "late" ? "answer" : fault.kind}`;
      this.struck.set(key, (this.struck.get(key) ?? 0) + 1);
    }
    // A request that is given up goes on all the same, and only its answer is dropped.
    return whileWanted(this.#carryOut(work, fault), signal);
  }

  async #carryOut<Answer>(work: () => Answer, fault: Fault | undefined): Promise<Answer> {
    await this.time.sleep(this.random.whole(20, 200));
    if (fault?.when === "before") throw failure(fault);
    if (!this.signedIn) throw new PhotosError("signed-out", { ended: true });
    if (fault?.when === "late") {
      void this.time.sleep(fault.by).then(() => {
        try {
          work();
        } catch {
          // refused late: nobody hears of it
        }
      });
      await this.time.sleep(30_000);
      throw new PhotosError("outcome-unknown");
    }
    const answer = work();
    if (fault?.when === "after") throw failure(fault);
    await this.time.sleep(this.random.whole(20, 200));
    return answer;
  }

  #upload(content: string): UploadToken {
    const token = uploadToken(`token-${this.sub}-${++this.#numbers}`);
    this.#tokens.set(token, { content, at: this.time.elapsed });
    return token;
  }

  #create(
    items: readonly NewMediaItem[],
    album: AlbumId | undefined,
    device: string,
  ): readonly CreateResult[] {
    if (items.length > 50) throw new PhotosError("permanent");
    if (album !== undefined && !this.albums.has(album)) throw new PhotosError("bad-album");
    if (album !== undefined && this.#inAlbum(album) + items.length > this.albumItems) {
      this.full += 1;
      throw new PhotosError("permanent");
    }
    const known = items.map(({ token }) => this.#tokens.get(token));
    if (known.some((token) => token === undefined || this.time.elapsed - token.at > DAY)) {
      throw new PhotosError("bad-token");
    }
    if (known.some((token) => token?.content.includes("out of order")))
      throw new PhotosError("transient", { status: 500 });
    const here = new Set<string>();
    return items.map(({ token, name, description }): CreateResult => {
      const upload = this.#tokens.get(token);
      if (upload === undefined) throw new Error("checked above");
      if (upload.content.includes("no image")) return { is: "not-an-image" };
      if (upload.content.includes("not welcome")) return { is: "refused" };
      if (here.has(upload.content)) return { is: "again" };
      here.add(upload.content);
      let item = this.items.find((one) => (!one.gone || one.inBin) && one.content === upload.content);
      if (item === undefined) {
        item = {
          ...this.#item(name, upload.content, album, device),
          ...(description ? { description } : {}),
        };
        this.items.push(item);
      }
      if (album !== undefined) item.albums.add(album);
      return this.answered({ is: "created", item: listed(item) });
    });
  }

  #inAlbum(album: AlbumId): number {
    return this.items.filter(({ gone, albums }) => !gone && albums.has(album)).length;
  }

  #item(name: string, content: string, album: AlbumId | undefined, madeBy: string | undefined): StoredItem {
    return {
      id: mediaItemId(`${this.sub}-item-${++this.#numbers}`),
      name,
      content,
      madeAt: this.time.elapsed,
      albums: new Set(album === undefined ? [] : [album]),
      madeBy,
      fromElsewhere: madeBy === undefined,
      gone: false,
    };
  }

  #visible(album: AlbumId | undefined): readonly StoredItem[] {
    return this.#shown().filter(
      (item) => !item.fromElsewhere && (album === undefined || item.albums.has(album)),
    );
  }

  /** What lists and counts are not behind with. */
  #shown(): readonly StoredItem[] {
    return this.items.filter((item) => !item.gone && this.time.elapsed - item.madeAt >= this.lag);
  }

  #list(
    album: AlbumId | undefined,
    page: string | undefined,
  ): { rows: readonly ListedItem[]; next?: string } {
    const [sub = "", from = "0"] = page?.split(" ") ?? [this.sub];
    if (sub !== this.sub) throw new PhotosError("permanent");
    const visible = this.#visible(album);
    const end = Number(from) + PAGE;
    const next = end < visible.length ? { next: `${this.sub} ${end}` } : {};
    return { rows: visible.slice(Number(from), end).map(listed), ...next };
  }

  #listAlbums(page: string | undefined): { rows: readonly Album[]; next?: string } {
    const from = Number(page ?? 0);
    const rows = [...this.albums.keys()].flatMap((id) => this.#album(id) ?? []);
    const next = from + ALBUMS_PAGE < rows.length ? { next: String(from + ALBUMS_PAGE) } : {};
    return { rows: rows.slice(from, from + ALBUMS_PAGE), ...next };
  }

  #createAlbum(title: string): Album {
    const id = albumId(`album-${++this.#numbers}`);
    this.albums.set(id, { title });
    return { id, title, count: 0 };
  }

  #removeFromAlbum(album: AlbumId, ids: readonly MediaItemId[]): void {
    const items = this.#found(ids);
    if (this.refusesAbsent && items.some(({ albums }) => !albums.has(album)))
      throw new PhotosError("permanent");
    for (const { albums } of items) albums.delete(album);
  }

  #album(id: AlbumId): Album | undefined {
    const album = this.albums.get(id);
    if (album === undefined) return undefined;
    // What the person had from elsewhere counts in an album, though this client cannot see it.
    const count = this.#shown().filter(({ albums }) => albums.has(id)).length;
    return { id, title: album.title, count };
  }

  #found(ids: readonly MediaItemId[]): readonly StoredItem[] {
    return ids.map((id) => {
      const item = this.items.find((one) => one.id === id);
      if (item === undefined || item.fromElsewhere) throw new PhotosError("permanent");
      return item;
    });
  }
}

function listed(item: StoredItem): ListedItem {
  const { id, name, url = `https://photos.google.com/lr/photo/${id}`, width = 10, height = 10 } = item;
  return { id, name, url, type: "image/png", width, height };
}

function failure(fault: Extract<Fault, { kind: PhotosErrorKind }>): PhotosError {
  return new PhotosError(fault.kind, {
    ...(fault.retryAfter === undefined ? {} : { retryAfter: fault.retryAfter }),
    ...(fault.kind === "transient" ? { status: 500 } : {}),
  });
}
