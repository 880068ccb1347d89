import {
  markOfName,
  MOST_IDS,
  PhotosError,
  type AccountKey,
  type Album,
  type AlbumId,
  type Clock,
  type DeviceMemory,
  type Fingerprint,
  type ListedItem,
  type MediaItemId,
  type NameMark,
  type PhotoLibrary,
  type SettingsPort,
} from "../model";

import { AlbumCounts } from "./album-counts";
import { isOfOlder, purposeOfTitle } from "./album-purpose";
import type { Ledger } from "./ledger";

/** A look is trusted this long before a create, in milliseconds. */
const GOOD_FOR_CREATE = 120_000;

/** A look is trusted this long before an upload, in milliseconds: at worst, bytes are sent in vain. */
const GOOD_FOR_UPLOAD = 900_000;

const DAY = 24 * 3_600_000;

/** What a look is for: before a create it must be fresh, before an upload it only saves work. A check looks in any case. */
export type LookFor = "upload" | "create" | "check";

export interface ViewPorts {
  readonly library: PhotoLibrary;
  readonly memory: DeviceMemory;
  readonly clock: Clock;
  readonly settings: SettingsPort;
  readonly vaultName: string;
  readonly ledger: Pick<Ledger, "counting" | "isEmpty" | "isSeenAsNew" | "knows" | "knownIn" | "unlinked">;
  /** How long to wait, in milliseconds, before a question that failed so often is asked again; `undefined`: not at all. */
  readonly askAgain: (error: PhotosError, attempt: number) => number | undefined;
  /** Writes down items that a look has found. */
  readonly see: (items: readonly Found[]) => Promise<void>;
  /** Writes down that items which a look has found are gone. */
  readonly miss: (items: readonly MediaItemId[]) => Promise<void>;
  /** Writes down that items have given way to newer versions, unless their bytes lie in the vault. */
  readonly giveWay: (items: readonly Older[]) => Promise<void>;
}

/** When a look began: on the clock's `elapsed`, and in milliseconds since 1970. */
interface LookedAt {
  readonly at: number;
  readonly began: number;
}

const NEVER: LookedAt = { at: -Infinity, began: -Infinity };

/** An album of this vault; without a count it is gone. */
interface OwnAlbum {
  readonly id: AlbumId;
  readonly count: number | undefined;
  /** What it is for: `""` the vault's own, else a folder's. */
  readonly purpose: string;
}

/** The items of an album, with the marks of their names. */
interface Listed {
  readonly album: OwnAlbum;
  readonly items: ReadonlyMap<MediaItemId, NameMark | undefined>;
}

/** An item that a look has found, by the mark in its name. */
export interface Found {
  readonly mark: NameMark;
  readonly item: ListedItem;
  readonly album: AlbumId | undefined;
  /** It lies among the older versions. */
  readonly isOlder: boolean;
}

/** An item that counts here, and that another device has put among the older versions. */
export interface Older {
  readonly fingerprint: Fingerprint;
  readonly id: MediaItemId;
  /** It has left the album that it lay in. */
  readonly out: true | undefined;
}

/**
 * Looks at what this vault has in the account, the only truth that all devices share, and writes what it finds into
 * the ledger. Items are known by the mark at the end of the name we gave them.
 */
export class AccountView {
  #looked = NEVER;
  /** The same, with the older versions listed. */
  #sifted = NEVER;
  /** Albums of this client by title, smallest id first, as they were listed last. */
  #albums: ReadonlyMap<string, readonly Album[]> | undefined;
  /** Items that looks have found whose names carry no whole mark. */
  readonly #unmarked = new Map<MediaItemId, Unmarked>();
  /** Items that are there, and are not listed where they were found. */
  readonly #elsewhere = new Set<MediaItemId>();
  #olderAlbums: readonly AlbumId[] = [];
  /** What Google told last that albums count, believed or not. */
  #told: ReadonlyMap<AlbumId, number | undefined> = new Map();
  #looking: Promise<unknown> = Promise.resolve();

  /** What the albums count if nobody else adds to them. */
  readonly counts: AlbumCounts;
  /** Whether nothing was known of the account when this session began with it: a first backup, or a lost ledger. */
  readonly isFirst: boolean;

  constructor(
    readonly account: AccountKey,
    private readonly ports: ViewPorts,
  ) {
    this.counts = new AlbumCounts(account, ports);
    this.isFirst = ports.ledger.isEmpty(account);
  }

  /** Google Photos, for calls about this account: refused as `transient` while another one may be signed in. */
  get library(): PhotoLibrary {
    return this.ports.library;
  }

  #isFresh({ at, began }: LookedAt, before: LookFor, since: number): boolean {
    const { clock } = this.ports;
    const limit = before === "create" ? GOOD_FOR_CREATE : GOOD_FOR_UPLOAD;
    // The one clock may stand still while the device sleeps, the other be moved: what both call fresh is fresh.
    const isYoung = (age: number): boolean => age >= 0 && age < limit;
    return before !== "check" && at >= since && isYoung(clock.elapsed() - at) && isYoung(clock.now() - began);
  }

  /**
   * Looks, unless a look is still good: at what the albums count, and at the items themselves only where that tells of
   * something new. Looks run one after another, so that two images that wait for one share it. Throws `PhotosError`.
   *
   * @param replaced  items that would give way to what is to be sent: where another device has sent it, they lie among the
   *                  older versions
   * @param since  an earlier look is not good, on the clock's `elapsed`
   */
  look(
    before: LookFor,
    signal: AbortSignal,
    replaced: readonly MediaItemId[] = [],
    since = -Infinity,
  ): Promise<void> {
    return this.#inTurn(() => {
      const last = replaced.length > 0 ? this.#sifted : this.#looked;
      return this.#isFresh(last, before, since) ? undefined : this.#look(false, replaced, signal);
    });
  }

  /**
   * Looks at the items themselves, however fresh the last look is. Throws `PhotosError`.
   *
   * @param whole  also at what may lie outside the vault's albums, though that was looked at before
   */
  lookAgain(signal: AbortSignal, whole = false): Promise<void> {
    return this.#inTurn(() => this.#look(true, [], signal, whole));
  }

  #inTurn(look: () => Promise<void> | undefined): Promise<void> {
    const done = this.#looking.then(look);
    this.#looking = done.catch(() => undefined);
    return done;
  }

  /** How many items an album has, as far as is known here. */
  sizeOf(album: AlbumId): number {
    return this.counts.of(album) ?? this.#told.get(album) ?? this.ports.ledger.knownIn(this.account, album);
  }

  /** The albums for older versions, as they were last looked at. */
  get olderAlbums(): readonly AlbumId[] {
    return this.#olderAlbums;
  }

  /** Items without a whole mark, as looks of this session have found them, and no line tells of. */
  get unmarked(): Iterable<Unmarked> {
    return this.#unmarked.values();
  }

  /**
   * The album of this title, made where there is none. A create that got no answer may have worked: the next call
   * looks for it instead of making a second one. Throws `PhotosError`.
   */
  async ensureAlbum(title: string, signal: AbortSignal): Promise<AlbumId> {
    const [known] = (await this.#listAlbums(signal)).get(title) ?? [];
    if (known !== undefined) return known.id;
    // Another device may be making the same one just now: the next look sees both.
    this.#albums = undefined;
    const made = await this.ports.library.createAlbum(title, signal);
    this.counts.take(made.id, made.count, made.count, 0);
    return made.id;
  }

  /** The album that was kept for a purpose is gone: what it held lies outside, and what is known of albums is out of date. */
  async albumGone(purpose: string): Promise<void> {
    this.#albums = undefined;
    await this.ports.settings.rememberAlbum(this.account, purpose, undefined);
    await this.noteOutside();
  }

  /**
   * Keeps that items lie outside the vault's albums: made without one, or left behind by one that is gone. Whoever has
   * not seen them would send them again.
   */
  async noteOutside(): Promise<void> {
    await this.ports.settings.rememberOutside(this.account, Math.floor(this.ports.clock.now() / DAY));
  }

  async #look(
    isAll: boolean,
    replaced: readonly MediaItemId[],
    signal: AbortSignal,
    whole = false,
  ): Promise<void> {
    const { clock, memory, settings } = this.ports;
    const looked = { at: clock.elapsed(), began: clock.now() };
    if (settings.read().albums === "none") {
      await this.#list(undefined, signal);
    } else {
      // A ledger that is lost has lost what was found outside as well.
      const isLost = this.isFirst && this.#looked === NEVER;
      this.#albums = undefined;
      await this.#lookAtAlbums(isAll, replaced, signal);
      const outside = settings.read().outsideAlbums[this.account];
      const isFound = memory.get(outsideKey(this.account)) === outside && !isLost;
      if (outside !== undefined && (whole || !isFound)) {
        await this.#list(undefined, signal);
        memory.set(outsideKey(this.account), outside);
      }
    }
    this.#looked = looked;
    if (isAll || replaced.length > 0) this.#sifted = looked;
  }

  /**
   * Lists the albums whose count is not the expected one. A newer version that comes into an album while the older one
   * leaves it does not change that count, but shows among the older versions: by their count, and by the very item that
   * would have given way here. Then all are listed (decision 0010).
   */
  async #lookAtAlbums(isAll: boolean, replaced: readonly MediaItemId[], signal: AbortSignal): Promise<void> {
    const own = await this.#ownAlbums(signal);
    const ofOlder = own.filter(isOfOlder);
    this.#olderAlbums = ofOlder.map(({ id }) => id);
    this.#told = new Map(own.map(({ id, count }) => [id, count]));
    const changed = own.filter(({ id, count }) => count === undefined || this.counts.of(id) !== count);
    if (!isAll && changed.length + replaced.length === 0) return;
    const older = await this.#listEach(ofOlder, signal);
    const isMoved =
      isAll || changed.some(isOfOlder) || older.some(({ items }) => replaced.some((id) => items.has(id)));
    const others = await this.#listEach(
      own.filter((album) => !isOfOlder(album) && (isMoved || changed.includes(album))),
      signal,
    );
    const isInOther = (id: MediaItemId): boolean => others.some(({ items }) => items.has(id));
    const moving = older.flatMap(({ items }) => [...items.keys()].filter(isInOther));
    for (const { album, items } of [...older, ...others]) {
      if (album.count === undefined) continue;
      const leaving = moving.filter((id) => items.has(id)).length;
      this.counts.take(album.id, album.count, items.size, leaving);
    }
    if (isMoved) await this.#giveWay(older, isInOther);
  }

  /** What another device has put among the older versions does not count here any more either. */
  async #giveWay(older: readonly Listed[], isInOther: (id: MediaItemId) => boolean): Promise<void> {
    const { ledger, giveWay } = this.ports;
    await giveWay(
      older.flatMap(({ items }) =>
        [...items].flatMap(([id, mark]) => {
          const fingerprint = mark && ledger.counting(this.account, mark, id);
          return fingerprint === undefined
            ? []
            : [{ fingerprint, id, out: isInOther(id) ? undefined : true }];
        }),
      ),
    );
  }

  /**
   * This vault's albums: those whose ids are kept, and those that have their titles. Titles are not unique (fact sheet
   * §4.3), and two devices may have made one each: both are looked at, and all devices agree on the smallest id.
   */
  async #ownAlbums(signal: AbortSignal): Promise<readonly OwnAlbum[]> {
    const { library, settings, vaultName } = this.ports;
    const kept = settings.read().albumIds[this.account] ?? {};
    const own = new Map<string, OwnAlbum>();
    for (const [title, albums] of await this.#listAlbums(signal)) {
      const titled = purposeOfTitle(title, vaultName);
      for (const album of albums) {
        const purpose = Object.keys(kept).find((one) => kept[one] === album.id) ?? titled;
        if (purpose !== undefined) own.set(album.id, { ...album, purpose });
      }
      const [first] = albums;
      if (titled === undefined || first === undefined) continue;
      const known = kept[titled];
      // An album that the person renamed is still the one whose id we kept.
      const isKnownHere = known === undefined || albums.some(({ id }) => id === known);
      if (isKnownHere && known !== first.id) await settings.rememberAlbum(this.account, titled, first.id);
    }
    // A list may be behind: only an album that Google does not know by its id is gone.
    for (const [purpose, id] of Object.entries(kept)) {
      if (own.has(id)) continue;
      const album = await this.#ask(() => library.album(id as AlbumId, signal), signal);
      own.set(id, { id: id as AlbumId, count: album?.count, purpose });
    }
    return [...own.values()];
  }

  async #listAlbums(signal: AbortSignal): Promise<ReadonlyMap<string, readonly Album[]>> {
    if (this.#albums !== undefined) return this.#albums;
    const albums = new Map<string, Album[]>();
    let page: string | undefined;
    do {
      const from = page === undefined ? {} : { page };
      const found = await this.#ask(() => this.ports.library.albums({ signal, ...from }), signal);
      for (const album of found.rows) {
        const twins = albums.get(album.title);
        if (twins === undefined) albums.set(album.title, [album]);
        else twins.push(album);
      }
      page = found.next;
    } while (page !== undefined);
    for (const twins of albums.values()) twins.sort((one, other) => (one.id < other.id ? -1 : 1));
    this.#albums = albums;
    return albums;
  }

  /** Lists albums, one after another; one that is gone has no items. */
  async #listEach(albums: readonly OwnAlbum[], signal: AbortSignal): Promise<readonly Listed[]> {
    const listed: Listed[] = [];
    for (const album of albums) {
      if (album.count === undefined) {
        // Somebody deleted the album; its items are still there, and nothing less than all of them will find them.
        await this.albumGone(album.purpose);
        await this.#list(undefined, signal);
      }
      const items = album.count === undefined ? new Map() : await this.#list(album, signal);
      listed.push({ album, items });
    }
    return listed;
  }

  /** Asks, and asks again where only the answer was lost: a long list must not begin anew for one page of it. */
  async #ask<Answer>(question: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await question();
      } catch (error) {
        const wait = error instanceof PhotosError ? this.ports.askAgain(error, attempt) : undefined;
        if (wait === undefined) throw error;
        await this.ports.clock.sleep(wait, signal);
      }
    }
  }

  /** Answers the items of an album, or all that there are, with the marks of their names. */
  async #list(own: OwnAlbum | undefined, signal: AbortSignal): Promise<Listed["items"]> {
    const album = own?.id;
    const isOlder = own !== undefined && isOfOlder(own);
    const items = new Map<MediaItemId, NameMark | undefined>();
    let page: string | undefined;
    const missed = new Set<MediaItemId>();
    for (const item of this.ports.ledger.unlinked(this.account))
      if ((album === undefined || item.album === album) && !this.#elsewhere.has(item.id)) missed.add(item.id);
    do {
      const where = { ...(album === undefined ? {} : { album }), ...(page === undefined ? {} : { page }) };
      const found = await this.#ask(() => this.ports.library.list({ signal, ...where }), signal);
      const { ledger, see } = this.ports;
      const news: Found[] = [];
      for (const item of found.rows) {
        const { id, name } = item;
        const mark = markOfName(name);
        items.set(id, mark);
        missed.delete(id);
        const isKnown = ledger.knows(this.account, id);
        if (mark === undefined) {
          if (!isKnown) this.#unmarked.set(id, { item, album });
        } else if (!isKnown || (isOlder && ledger.isSeenAsNew(this.account, mark, id))) {
          news.push({ mark, item, album, isOlder });
        }
      }
      await see(news);
      page = found.next;
    } while (page !== undefined);
    await this.#askFor([...missed], signal);
    return items;
  }

  /** Items that were found once, and are not listed any more, would pass for copies of files that come later. */
  async #askFor(missed: readonly MediaItemId[], signal: AbortSignal): Promise<void> {
    for (let at = 0; at < missed.length; at += MOST_IDS) {
      const ids = missed.slice(at, at + MOST_IDS);
      const there = await this.#ask(() => this.ports.library.get(ids, signal), signal);
      for (const id of there.keys()) this.#elsewhere.add(id);
      await this.ports.miss(ids.filter((id) => !there.has(id)));
    }
  }
}

/** An item whose name carries no whole mark. */
type Unmarked = Pick<Found, "item" | "album">;

function outsideKey(account: AccountKey): string {
  return `outside ${account}`;
}
