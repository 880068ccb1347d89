import { randomBytes } from "node:crypto";
import type { Entry, Item, Place } from "../change";
import type { EmulatorClock } from "../clock";
import type { Journal } from "../journal";
import { describeMedia, type Media } from "../media/describe";
import type { Switches } from "../switches";
import type { ByteStore } from "./byte-store";
import type { HeldAlbum, HeldItem, LibraryStore } from "./store";

/** An item as a test or a person inspects it, seen from outside the API. */
export interface LibraryItem {
  id: string;
  account: string;
  /** The client id that made it; null where the user had it from elsewhere. */
  client: string | null;
  filename: string;
  mimeType: string;
  /** SHA-256 of its bytes, hex. */
  sha256: string;
  size: number;
  width: number;
  height: number;
  /** RFC 3339, UTC. */
  creationTime: string;
  description: string;
  albumIds: string[];
  binned: boolean;
}

export interface LibraryAlbum {
  id: string;
  account: string;
  client: string | null;
  title: string;
  /** Ids of its items, in the album's order, those in the bin among them. */
  itemIds: string[];
}

const newId = (prefix: string): string => `${prefix}${randomBytes(52).toString("base64url")}`;

/** The user's photo library: what is in it, and what can be done to it outside the API. */
export class Library {
  constructor(
    readonly store: LibraryStore,
    private readonly bytes: ByteStore,
    private readonly journal: Journal,
    private readonly clock: EmulatorClock,
    private readonly switches: Switches,
    private readonly firstAccount: () => string,
  ) {}

  items(): LibraryItem[] {
    this.emptyBin();
    return [...this.store.items.values()].map((item) => ({
      id: item.id,
      account: item.account,
      client: item.client,
      filename: item.filename,
      mimeType: item.media.mimeType,
      sha256: item.sha256,
      size: item.size,
      width: item.media.width,
      height: item.media.height,
      creationTime: new Date(item.creationTime).toISOString(),
      description: item.description,
      albumIds: [...item.albums],
      binned: item.binnedAt !== null,
    }));
  }

  albums(): LibraryAlbum[] {
    return [...this.store.albums.values()].map(({ id, account, client, title, order }) => ({
      id,
      account,
      client,
      title,
      itemIds: order.flatMap((entry) => ("item" in entry ? [entry.item] : [])),
    }));
  }

  /** The bytes as they were uploaded. */
  bytesOf(id: string): Uint8Array {
    return this.bytes.get(this.#item(id).sha256);
  }

  bin(id: string): void {
    if (this.#item(id).binnedAt === null) this.journal.write({ is: "item-binned", id, at: this.clock.now() });
  }

  restoreFromBin(id: string): void {
    this.#item(id);
    this.journal.write({ is: "item-restored", id });
  }

  deleteForever(id: string): void {
    this.#item(id);
    this.journal.write({ is: "item-deleted", id });
  }

  deleteAlbum(id: string): void {
    this.journal.write({ is: "album-deleted", id });
  }

  /** Puts an item into the library that the user had from a phone or the web; no client has made it. */
  async addFromElsewhere(
    bytes: Uint8Array,
    filename: string,
    account = this.firstAccount(),
  ): Promise<string> {
    const media = describeMedia(Buffer.from(bytes));
    if (media === null) throw new Error(`${filename} is no photo or video that Google Photos takes`);
    const sha256 = await this.bytes.put(bytes);
    return this.create({
      account,
      client: null,
      sha256,
      size: bytes.length,
      filename,
      description: "",
      media,
    }).id;
  }

  /** An album of the user's that no client has made. */
  addAlbumFromElsewhere(title: string, account = this.firstAccount()): string {
    return this.createAlbum(account, null, title).id;
  }

  /** Makes an item and dates it; whether it should be made is the caller's decision. */
  create(made: Omit<Item, "id" | "at" | "creationTime" | "media"> & { media: Media }): HeldItem {
    const at = this.clock.now();
    const dated = this.switches.creationTime === "exif" ? made.media.captured : null;
    const creationTime = Math.floor((dated ?? at) / 1000) * 1000;
    const id = newId("AL");
    this.journal.write({ is: "item", item: { ...made, id, at, creationTime } });
    return this.#item(id);
  }

  createAlbum(account: string, client: string | null, title: string): HeldAlbum {
    const id = newId("AP");
    this.journal.write({ is: "album", album: { id, account, client, title, at: this.clock.now() } });
    const album = this.store.albums.get(id);
    if (album === undefined) throw new Error("the journal lost an album");
    return album;
  }

  /** Adds items that are not in the album yet. */
  addToAlbum(album: HeldAlbum, items: readonly string[], place: Place = { at: "last" }): void {
    const entries: Entry[] = items.filter((item) => !album.added.has(item)).map((item) => ({ item }));
    if (entries.length > 0) {
      this.journal.write({ is: "album-added", id: album.id, entries, place, at: this.clock.now() });
    }
  }

  /** What lay in the bin too long is gone (switch `binDays`). */
  emptyBin(): void {
    const days = this.switches.binDays;
    const before = this.clock.now() - days * 24 * 3600 * 1000;
    for (const item of days === 0 ? [] : this.store.binned) {
      if ((item.binnedAt ?? before) < before) this.journal.write({ is: "item-deleted", id: item.id });
    }
  }

  #item(id: string): HeldItem {
    const item = this.store.items.get(id);
    if (item === undefined) throw new Error(`the library has no item ${id}`);
    return item;
  }
}
