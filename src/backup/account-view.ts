import * as v from "valibot";
import {
  markOfName,
  type AccountKey,
  type Album,
  type AlbumId,
  type Clock,
  type DeviceMemory,
  type ListedItem,
  type NameMark,
  type PhotoLibrary,
  type SettingsPort,
} from "../model";

import type { Ledger } from "./ledger";

/** A look is trusted this long, in milliseconds; a longer run looks again before it creates. */
const GOOD_FOR = 120_000;

/**
 * How closely to look. For a `new` image an unchanged count of items is enough; before a `changed` one, and to find
 * out what became of a create, the items themselves are listed.
 */
export type Closeness = "count" | "list";

export interface ViewPorts {
  readonly library: PhotoLibrary;
  readonly memory: DeviceMemory;
  readonly clock: Clock;
  readonly settings: SettingsPort;
  readonly vaultName: string;
  readonly ledger: Pick<Ledger, "knows" | "knownIn">;
  /** Writes down items that a look has found. */
  readonly see: (items: readonly Found[]) => Promise<void>;
}

/** An item that a look has found, by the mark in its name. */
export interface Found {
  readonly mark: NameMark;
  readonly item: ListedItem;
  readonly album: AlbumId | undefined;
}

/**
 * Looks at what this vault has in the account, the only truth that all devices share, and writes what it finds into
 * the ledger. Items are known by the mark at the end of the name we gave them.
 */
export class AccountView {
  #countedAt = -Infinity;
  #listedAt = -Infinity;
  /** Albums of this client by title, where they have been listed and none was made since that we do not know. */
  #albums: Map<string, Album> | undefined;
  #looking: Promise<unknown> = Promise.resolve();

  constructor(
    readonly account: AccountKey,
    private readonly ports: ViewPorts,
  ) {}

  /** Whether a look of this closeness is still good. */
  isFresh(closeness: Closeness): boolean {
    const age = this.ports.clock.elapsed() - (closeness === "list" ? this.#listedAt : this.#countedAt);
    return age >= 0 && age < GOOD_FOR;
  }

  /**
   * Looks, unless a look of this closeness is still good. Looks run one after another, so that two images that wait
   * for one share it. Throws `PhotosError`.
   */
  look(closeness: Closeness, signal: AbortSignal): Promise<void> {
    const done = this.#looking.then(() =>
      this.isFresh(closeness) ? undefined : this.#look(closeness, signal),
    );
    this.#looking = done.catch(() => undefined);
    return done;
  }

  /** Looks at the items themselves, however fresh the last look is. Throws `PhotosError`. */
  lookAgain(signal: AbortSignal): Promise<void> {
    const done = this.#looking.then(() => this.#look("list", signal));
    this.#looking = done.catch(() => undefined);
    return done;
  }

  /** This device has just made so many items in an album, and has written them down. */
  made(count: number, album: AlbumId | undefined): void {
    if (album === undefined) return;
    const before = this.#expected(album, this.ports.ledger.knownIn(this.account, album) - count);
    if (before !== undefined) this.#expect(album, before + count);
  }

  /** This device has put so many items into an album, or taken them out where the number is negative. */
  moved(count: number, album: AlbumId): void {
    const before = this.#expected(album);
    if (before !== undefined) this.#expect(album, before + count);
  }

  /**
   * The album of this title, made where there is none. A create that got no answer may have worked: the next call
   * looks for it instead of making a second one. Throws `PhotosError`.
   */
  async ensureAlbum(title: string, signal: AbortSignal): Promise<AlbumId> {
    const albums = (this.#albums ??= await this.#listAlbums(signal));
    const known = albums.get(title);
    if (known !== undefined) return known.id;
    this.#albums = undefined;
    const made = await this.ports.library.createAlbum(title, signal);
    this.#albums = albums.set(title, made);
    this.#expect(made.id, made.count);
    return made.id;
  }

  /** An album that we knew is gone: what is known of albums is out of date. */
  albumGone(): void {
    this.#albums = undefined;
  }

  async #look(closeness: Closeness, signal: AbortSignal): Promise<void> {
    const at = this.ports.clock.elapsed();
    const settings = this.ports.settings.read();
    if (settings.albums === "none") {
      await this.#list(undefined, signal);
    } else {
      const known = Object.entries(settings.albumIds[this.account] ?? {});
      if (known.length === 0) await this.#findAlbums(signal);
      for (const [purpose, id] of known) await this.#lookAtAlbum(purpose, id as AlbumId, closeness, signal);
    }
    this.#countedAt = at;
    if (closeness === "list") this.#listedAt = at;
  }

  async #lookAtAlbum(purpose: string, id: AlbumId, closeness: Closeness, signal: AbortSignal): Promise<void> {
    const album = await this.ports.library.album(id, signal);
    if (album === undefined) {
      // Somebody deleted the album; its items are still there, and nothing less than all of them will find them.
      await this.ports.settings.rememberAlbum(this.account, purpose, undefined);
      await this.#list(undefined, signal);
      return;
    }
    if (closeness === "count" && this.#expected(id) === album.count) return;
    await this.#list(id, signal);
    this.#expect(id, album.count);
  }

  /** Where the ids are lost, this vault's albums are known by their titles. */
  async #findAlbums(signal: AbortSignal): Promise<void> {
    const { vaultName, settings } = this.ports;
    this.#albums ??= await this.#listAlbums(signal);
    for (const album of this.#albums.values()) {
      const purpose = albumPurposeOfTitle(album.title, vaultName);
      if (purpose === undefined) continue;
      await this.#list(album.id, signal);
      this.#expect(album.id, album.count);
      await settings.rememberAlbum(this.account, purpose, album.id);
    }
  }

  async #listAlbums(signal: AbortSignal): Promise<Map<string, Album>> {
    const albums = new Map<string, Album>();
    let page: string | undefined;
    do {
      const found = await this.ports.library.albums({ signal, ...(page === undefined ? {} : { page }) });
      // Titles are not unique (fact sheet §4.3): of several, the fullest is the one that was used.
      for (const album of found.rows) {
        if (album.count >= (albums.get(album.title)?.count ?? 0)) albums.set(album.title, album);
      }
      page = found.next;
    } while (page !== undefined);
    return albums;
  }

  async #list(album: AlbumId | undefined, signal: AbortSignal): Promise<void> {
    let page: string | undefined;
    do {
      const found = await this.ports.library.list({
        signal,
        ...(album === undefined ? {} : { album }),
        ...(page === undefined ? {} : { page }),
      });
      const { ledger, see } = this.ports;
      await see(
        found.rows.flatMap((item) => {
          const mark = markOfName(item.name);
          return mark === undefined || ledger.knows(this.account, item.id) ? [] : [{ mark, item, album }];
        }),
      );
      page = found.next;
    } while (page !== undefined);
  }

  /**
   * The count that an album has if nobody else added to it; unknown where the ledger knows fewer of its items than it
   * did then, since an unchanged count would hide what the ledger lost.
   */
  #expected(album: AlbumId, known = this.ports.ledger.knownIn(this.account, album)): number | undefined {
    const kept = v.safeParse(countMark, this.ports.memory.get(countKey(album)));
    return kept.success && kept.output.known <= known ? kept.output.count : undefined;
  }

  #expect(album: AlbumId, count: number): void {
    this.ports.memory.set(countKey(album), { count, known: this.ports.ledger.knownIn(this.account, album) });
  }
}

const countMark = v.object({ count: v.number(), known: v.number() });

/** The title of the album for a purpose: `""` is the vault's own, anything else a folder of it. */
export function albumTitle(purpose: string, vaultName: string): string {
  return purpose === "" ? vaultName : `${vaultName} / ${purpose}`;
}

function albumPurposeOfTitle(title: string, vaultName: string): string | undefined {
  if (title === vaultName) return "";
  return title.startsWith(`${vaultName} / `) ? title.slice(vaultName.length + 3) : undefined;
}

function countKey(album: AlbumId): string {
  return `count ${album}`;
}
