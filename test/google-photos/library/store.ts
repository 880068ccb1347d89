import type { Album, Change, Entry, Item } from "../change";
import type { Applies } from "../journal";
import { insertEntries } from "./album-order";

export interface HeldItem extends Item {
  /** When it went into the bin; null where it is not there. */
  binnedAt: number | null;
  /** Albums that hold it. */
  albums: Set<string>;
  /** Order of arrival: parts items of the same date. */
  n: number;
}

export interface HeldAlbum extends Album {
  cover: string | null;
  order: Entry[];
  /** When each item was added, ms on the emulator's clock. */
  added: Map<string, number>;
}

const owner = (account: string, sha256: string): string => `${account} ${sha256}`;

/** All items and albums of all accounts, as the sum of the journal's changes. Decides nothing. */
export class LibraryStore implements Applies {
  readonly items = new Map<string, HeldItem>();
  readonly albums = new Map<string, HeldAlbum>();
  /** Those in the bin. */
  readonly binned = new Set<HeldItem>();
  /** Items deleted for good, by account and bytes. */
  readonly #gone = new Map<string, HeldItem>();
  readonly #byBytes = new Map<string, HeldItem>();
  readonly #bytesUsed = new Map<string, number>();
  #newestFirst: HeldItem[] | undefined;
  #count = 0;

  apply(change: Change): void {
    switch (change.is) {
      case "item":
        this.#add(change.item);
        break;
      case "item-described":
        this.#change(change.id, (item) => (item.description = change.description));
        break;
      case "item-binned":
        this.#change(change.id, (item) => {
          item.binnedAt = change.at;
          this.binned.add(item);
        });
        break;
      case "item-restored":
        this.#change(change.id, (item) => {
          item.binnedAt = null;
          this.binned.delete(item);
        });
        break;
      case "item-deleted":
        this.#change(change.id, (item) => this.#delete(item));
        break;
      case "album":
        this.albums.set(change.album.id, { ...change.album, cover: null, order: [], added: new Map() });
        break;
      case "album-changed":
        this.#changeAlbum(change.id, (album) => {
          album.title = change.title ?? album.title;
          album.cover = change.cover ?? album.cover;
        });
        break;
      case "album-added":
        this.#changeAlbum(change.id, (album) => {
          insertEntries(album.order, change.entries, change.place);
          for (const entry of change.entries) {
            if ("item" in entry) {
              album.added.set(entry.item, change.at);
              this.items.get(entry.item)?.albums.add(album.id);
            }
          }
        });
        break;
      case "album-removed":
        this.#changeAlbum(change.id, (album) => this.#take(album, new Set(change.items)));
        break;
      case "album-deleted":
        this.#changeAlbum(change.id, (album) => {
          this.#take(album, new Set(album.added.keys()));
          this.albums.delete(album.id);
        });
        break;
      default:
    }
  }

  /** The item an account has of these bytes, in the bin or not. */
  byBytes(account: string, sha256: string): HeldItem | undefined {
    return this.#byBytes.get(owner(account, sha256));
  }

  /** An item of these bytes that was deleted for good. */
  goneByBytes(account: string, sha256: string): HeldItem | undefined {
    return this.#gone.get(owner(account, sha256));
  }

  bytesUsed(account: string): number {
    return this.#bytesUsed.get(account) ?? 0;
  }

  /** Every item of every account, newest first; sorted again only after something has come or gone. */
  newestFirst(): readonly HeldItem[] {
    this.#newestFirst ??= [...this.items.values()].sort(
      (a, b) => b.creationTime - a.creationTime || b.n - a.n,
    );
    return this.#newestFirst;
  }

  #add(item: Item): void {
    const held: HeldItem = { ...item, binnedAt: null, albums: new Set(), n: (this.#count += 1) };
    this.items.set(item.id, held);
    this.#byBytes.set(owner(item.account, item.sha256), held);
    this.#bytesUsed.set(item.account, this.bytesUsed(item.account) + item.size);
    this.#newestFirst = undefined;
  }

  #delete(item: HeldItem): void {
    for (const id of [...item.albums])
      this.#changeAlbum(id, (album) => this.#take(album, new Set([item.id])));
    this.items.delete(item.id);
    this.binned.delete(item);
    const key = owner(item.account, item.sha256);
    if (this.#byBytes.get(key) === item) this.#byBytes.delete(key);
    this.#gone.set(key, item);
    this.#bytesUsed.set(item.account, this.bytesUsed(item.account) - item.size);
    this.#newestFirst = undefined;
  }

  #take(album: HeldAlbum, items: ReadonlySet<string>): void {
    album.order = album.order.filter((entry) => !("item" in entry && items.has(entry.item)));
    for (const id of items) {
      album.added.delete(id);
      this.items.get(id)?.albums.delete(album.id);
    }
    if (album.cover !== null && items.has(album.cover)) album.cover = null;
  }

  #change(id: string, change: (item: HeldItem) => void): void {
    const item = this.items.get(id);
    if (item !== undefined) change(item);
  }

  #changeAlbum(id: string, change: (album: HeldAlbum) => void): void {
    const album = this.albums.get(id);
    if (album !== undefined) change(album);
  }
}
