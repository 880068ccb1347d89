import type { AccountKey, Album, AlbumId, PhotoLibrary } from "../../model";
import type { Basis } from "../basis";
import { AlbumCounts } from "./album-counts";
import { albumTitle, FULL_ALBUM, isOfOlder, nthPurpose, purposeOfTitle, vaultNameIn } from "./album-purpose";
import { pagesOf } from "./pages";

const HOUR = 3_600_000;

/** An album of this vault, as Google has it, and what it is for: `""` the vault's own, else a folder's. */
export interface OwnAlbum extends Album {
  readonly purpose: string;
}

/** The albums of this vault in an account: finds them, makes them, and knows what they count. */
export class OwnAlbums {
  readonly #account: AccountKey;
  readonly #library: PhotoLibrary;
  readonly #basis: Basis;
  /** As Google has told of them last; unknown where there may be others by now. */
  #told: readonly OwnAlbum[] | undefined;
  /** The other albums that Google has told of, where none was this vault's for what its files have now. */
  others: readonly Album[] | undefined;
  /** When this session last kept that items lie outside; `Infinity` where it has not, or has listed albums since. */
  #noted = Infinity;
  /** What they count if nobody else adds to them. */
  readonly counts: AlbumCounts;

  constructor(account: AccountKey, library: PhotoLibrary, basis: Basis) {
    this.#account = account;
    this.#library = library;
    this.#basis = basis;
    this.counts = new AlbumCounts(account, basis);
  }

  /** The ids that are kept, by what the albums are for. */
  get #kept(): Readonly<Record<string, AlbumId>> {
    return (this.#basis.settings().albumIds[this.#account] ?? {}) as Record<string, AlbumId>;
  }

  #keep(purpose: string, id: AlbumId | undefined): Promise<void> {
    return this.#basis.ports.settings.rememberAlbum(this.#account, purpose, id);
  }

  /** The albums for older versions, as far as they are known. */
  get older(): readonly AlbumId[] {
    const kept = Object.entries(this.#kept).map(([purpose, id]) => ({ purpose, id }));
    return [...new Set([...kept, ...(this.#told ?? [])].filter(isOfOlder).map(({ id }) => id))];
  }

  /**
   * Asks Google for them: those whose ids are kept, and those that have their titles. Titles are not unique (fact sheet
   * §4.3), and two devices may have made one each: both are the vault's, and all devices agree on the smallest id.
   */
  async list(): Promise<readonly OwnAlbum[]> {
    const { ports, signal } = this.#basis;
    this.#noted = Infinity;
    const kept = this.#kept;
    const purposes = new Map(Object.entries(kept).map(([purpose, id]) => [id, purpose]));
    const listed: Album[] = [];
    for await (const albums of pagesOf((page) => this.#library.albums({ page, signal }), this.#basis))
      listed.push(...albums);
    listed.sort((one, other) => (one.id < other.id ? -1 : 1));
    const own = new Map<AlbumId, OwnAlbum>();
    const smallest = new Map<string, Album>();
    for (const album of listed) {
      const titled = purposeOfTitle(album.title, ports.vault.name);
      const purpose = purposes.get(album.id) ?? titled;
      if (purpose !== undefined) own.set(album.id, { ...album, purpose });
      if (titled !== undefined && !smallest.has(titled)) smallest.set(titled, album);
    }
    for (const [purpose, { id, title }] of smallest) {
      const known = kept[purpose];
      // An album that the person renamed is still the one whose id we kept.
      if (known === undefined || (known !== id && own.get(known)?.title === title))
        await this.#keep(purpose, id);
    }
    // One that is not kept could go unnoticed, and what it held would be sent again.
    for (const { purpose, id } of own.values())
      if (!Object.values(this.#kept).includes(id)) await this.#keep(nthPurpose(purpose, id), id);
    for (const [id, purpose] of purposes) {
      if (own.has(id)) continue;
      // A list may be behind: only an album that Google does not know by its id is gone.
      const album = await this.find(id);
      if (album) own.set(id, { ...album, purpose });
    }
    this.#told = [...own.values()];
    this.others = this.#told.every(isOfOlder) ? listed.filter(({ id }) => !own.has(id)) : undefined;
    return this.#told;
  }

  /** Takes albums that have other titles for this vault's: what each is for, its title tells beside the vault's name. */
  async adopt(albums: readonly Album[]): Promise<void> {
    for (const { id, title } of albums) {
      const purpose = purposeOfTitle(title, vaultNameIn(title)) ?? "";
      await this.#keep(purpose in this.#kept ? nthPurpose(purpose, id) : purpose, id);
    }
  }

  /**
   * The album for a purpose with room for so many items more, made with its first one; one that is full is followed by a
   * further one. Without a purpose there is none, and what comes will lie outside. Throws `PhotosError`.
   */
  async withRoom(purpose: string | undefined, more: number): Promise<AlbumId | undefined> {
    const { ledger, ports } = this.#basis;
    if (purpose === undefined) {
      await this.noteOutside();
      return undefined;
    }
    for (let nth = 1; ; nth += 1) {
      const id = await this.#ensure(nthPurpose(purpose, nth));
      const told = this.#told?.find((album) => album.id === id)?.count;
      const size = this.counts.of(id) ?? told ?? ledger.knownIn(this.#account, id);
      if (size + more <= (ports.limits.albumItems ?? FULL_ALBUM)) return id;
    }
  }

  /**
   * The one that is kept, or that has the title, or else a new one. A create that got no answer may have worked: the next
   * call looks for it instead of making a second one.
   */
  async #ensure(purpose: string): Promise<AlbumId> {
    const { ports, signal } = this.#basis;
    const kept = this.#kept[purpose];
    if (kept !== undefined) return kept;
    const title = albumTitle(purpose, ports.vault.name);
    const told = this.#told ?? (await this.list());
    let album: Album | undefined = told.find((one) => one.title === title);
    if (album === undefined) {
      this.#told = undefined;
      album = await this.#library.createAlbum(title, signal);
      this.#told = [...told, { ...album, purpose }];
      this.counts.take(album.id, album.count, album.count, 0);
    }
    await this.#keep(purpose, album.id);
    return album.id;
  }

  /** Asks whether an album is there: a list may be behind, and an error be wrong. What one held that is gone lies outside. */
  async find(id: AlbumId): Promise<Album | undefined> {
    const { retries, signal } = this.#basis;
    const album = await retries.patiently(() => this.#library.album(id, signal), signal);
    if (!album) await this.#gone(id);
    return album;
  }

  async #gone(album: AlbumId): Promise<void> {
    this.#told = undefined;
    // First: once its id is forgotten, nothing tells any more that it was there.
    await this.noteOutside();
    for (const [purpose, id] of Object.entries(this.#kept))
      if (id === album) await this.#keep(purpose, undefined);
  }

  /**
   * Keeps that items lie outside the vault's albums: made without one, or left behind by one that is gone. Whoever has
   * not seen them would send them again. Whoever looks for them does so once for each time that is kept: a new one comes
   * with each session, with each hour, and where albums have been in use meanwhile (decision 0019).
   */
  async noteOutside(): Promise<void> {
    const { clock, settings } = this.#basis.ports;
    this.counts.forget(undefined);
    const now = clock.now();
    if (
      (settings.read().outsideAlbums[this.#account] ?? 0) >= this.#noted &&
      Math.abs(now - this.#noted) < HOUR
    )
      return;
    await settings.rememberOutside(this.#account, now);
    this.#noted = now;
  }
}
