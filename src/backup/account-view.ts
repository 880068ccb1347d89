import {
  aNumber,
  anObject,
  markOfName,
  MOST_IDS,
  mayBeDone,
  PhotosError,
  readAs,
  type AccountKey,
  type Album,
  type AlbumId,
  type Clock,
  type DeviceMemory,
  type ListedItem,
  type MediaItemId,
  type NameMark,
  type PhotoLibrary,
  type SettingsPort,
  type Shaped,
} from "../model";

import { isOfOlder, purposeOfTitle } from "./album-purpose";
import type { Ledger } from "./ledger";

/** A look is trusted this long before a create, in milliseconds. */
const GOOD_FOR_CREATE = 120_000;

/** A look is trusted this long before an upload, in milliseconds: at worst, bytes are sent in vain. */
const GOOD_FOR_UPLOAD = 900_000;

const DAY = 24 * 3_600_000;

/** Google's lists are not behind for longer than this, in milliseconds (decision 0003 counts on it as well). */
const LISTED_BY = 300_000;

/** What a look is for: before a create it must be fresh, before an upload it only saves work. A check looks in any case. */
export type LookFor = "upload" | "create" | "check";

export interface ViewPorts {
  readonly library: PhotoLibrary;
  readonly memory: DeviceMemory;
  readonly clock: Clock;
  readonly settings: SettingsPort;
  readonly vaultName: string;
  readonly ledger: Pick<Ledger, "isEmpty" | "knows" | "knownIn" | "unlinked">;
  /** How long to wait, in milliseconds, before a question that failed so often is asked again; `undefined`: not at all. */
  readonly askAgain: (error: PhotosError, attempt: number) => number | undefined;
  /** Writes down items that a look has found. */
  readonly see: (items: readonly Found[]) => Promise<void>;
  /** Writes down that items which a look has found are gone. */
  readonly miss: (items: readonly MediaItemId[]) => Promise<void>;
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

/** An item that a look has found, by the mark in its name. */
export interface Found {
  readonly mark: NameMark;
  readonly item: ListedItem;
  readonly album: AlbumId | undefined;
  /** It lies among the older versions. */
  readonly isOlder: boolean;
}

/**
 * Looks at what this vault has in the account, the only truth that all devices share, and writes what it finds into
 * the ledger. Items are known by the mark at the end of the name we gave them.
 */
export class AccountView {
  #looked = NEVER;
  /** Albums of this client by title, smallest id first, as they were listed last. */
  #albums: ReadonlyMap<string, readonly Album[]> | undefined;
  /** How many items of an album make its count unsure, and since when that is so. */
  readonly #unsure = new Map<AlbumId, { readonly count: number; readonly since: number }>();
  /** Items that looks have found whose names carry no whole mark. */
  readonly #unmarked = new Map<MediaItemId, Unmarked>();
  /** Items that are there, and are not listed where they were found. */
  readonly #elsewhere = new Set<MediaItemId>();
  #looking: Promise<unknown> = Promise.resolve();

  /** Whether nothing was known of the account when this session began with it: a first backup, or a lost ledger. */
  readonly isFirst: boolean;

  constructor(
    readonly account: AccountKey,
    private readonly ports: ViewPorts,
  ) {
    this.isFirst = ports.ledger.isEmpty(account);
  }

  /** Google Photos, for calls about this account: refused as `transient` while another one may be signed in. */
  get library(): PhotoLibrary {
    return this.ports.library;
  }

  #isFresh(before: LookFor, since: number): boolean {
    const { at, began } = this.#looked;
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
   * @param since  an earlier look is not good, on the clock's `elapsed`
   */
  look(before: LookFor, signal: AbortSignal, since = -Infinity): Promise<void> {
    return this.#inTurn(() => (this.#isFresh(before, since) ? undefined : this.#look(false, signal)));
  }

  /**
   * Looks at the items themselves, however fresh the last look is. Throws `PhotosError`.
   *
   * @param whole  also at what may lie outside the vault's albums, though that was looked at before
   */
  lookAgain(signal: AbortSignal, whole = false): Promise<void> {
    return this.#inTurn(() => this.#look(true, signal, whole));
  }

  #inTurn(look: () => Promise<void> | undefined): Promise<void> {
    const done = this.#looking.then(look);
    this.#looking = done.catch(() => undefined);
    return done;
  }

  /** How many items an album has at least, as far as is known here. */
  sizeOf(album: AlbumId): number {
    return Math.max(this.#believed(album)?.count ?? 0, this.ports.ledger.knownIn(this.account, album));
  }

  /** Items without a whole mark, as looks of this session have found them, and no line tells of. */
  get unmarked(): Iterable<Unmarked> {
    return this.#unmarked.values();
  }

  /**
   * Does something that changes how many items an album has. Until it is known to have worked, no count of that album
   * is believed: a lost answer and what another device did might cancel out.
   *
   * @param change   the call, and what is to be on disk before its effect counts
   * @param grownBy  by how many items the album has grown at most, from the call's answer
   */
  async changing<Answer>(
    album: AlbumId | undefined,
    change: () => Promise<Answer>,
    grownBy: (answer: Answer) => number,
  ): Promise<Answer> {
    if (album === undefined) return change();
    const before = this.#believed(album);
    this.#forgetCount(album);
    try {
      const answer = await change();
      this.#growsBy(grownBy(answer), album, before);
      return answer;
    } catch (error) {
      if (error instanceof PhotosError && !mayBeDone(error)) this.#growsBy(0, album, before);
      throw error;
    }
  }

  /**
   * Puts items into an album. What another device has put there already does not make it grow, so that its count is asked
   * for before it is believed. Throws `PhotosError`.
   */
  async addTo(album: AlbumId, ids: readonly MediaItemId[], signal: AbortSignal): Promise<void> {
    const before = this.#believed(album);
    this.#forgetCount(album);
    await this.library.addToAlbum(album, ids, signal);
    const now = await this.library.album(album, signal);
    if (before !== undefined && now?.count === before.count + ids.length)
      this.#growsBy(ids.length, album, before);
  }

  /**
   * Takes items out of an album. What is not in it any more somebody else has taken out, and may have put something else
   * in its place: its count is not believed then. Throws `PhotosError`.
   */
  async removeFrom(album: AlbumId, ids: readonly MediaItemId[], signal: AbortSignal): Promise<void> {
    const before = this.#believed(album);
    this.#forgetCount(album);
    await this.library.removeFromAlbum(album, ids, signal);
    this.#growsBy(-ids.length, album, before);
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
    this.#believe(made.id, made.count, 0);
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

  async #look(isClose: boolean, signal: AbortSignal, whole = false): Promise<void> {
    const { clock, memory, settings } = this.ports;
    const looked = { at: clock.elapsed(), began: clock.now() };
    if (settings.read().albums === "none") {
      await this.#list(undefined, signal);
    } else {
      // A ledger that is lost has lost what was found outside as well.
      const isLost = this.isFirst && this.#looked === NEVER;
      this.#albums = undefined;
      await this.#lookAtAlbums(isClose, signal);
      const outside = settings.read().outsideAlbums[this.account];
      const isFound = memory.get(outsideKey(this.account)) === outside && !isLost;
      if (outside !== undefined && (whole || !isFound)) {
        await this.#list(undefined, signal);
        memory.set(outsideKey(this.account), outside);
      }
    }
    this.#looked = looked;
  }

  /**
   * Lists the albums whose count is not the expected one. A newer version that comes into an album while the older one
   * leaves it does not change that count, but that of the older versions: then all are listed (decision 0010).
   */
  async #lookAtAlbums(isClose: boolean, signal: AbortSignal): Promise<void> {
    const own = await this.#ownAlbums(signal);
    const changed = own.filter(({ id, count }) => count === undefined || this.#believed(id)?.count !== count);
    if (!isClose && changed.length === 0) return;
    const isAll = isClose || changed.some(isOfOlder);
    const others = own.filter((album) => !isOfOlder(album) && (isAll || changed.includes(album)));
    const found = new Map<OwnAlbum, ReadonlySet<MediaItemId>>();
    for (const album of [...others, ...own.filter(isOfOlder)])
      found.set(album, await this.#listAlbum(album, signal));
    const older = [...found].flatMap(([album, ids]) => (isOfOlder(album) ? [...ids] : []));
    const moving = older.filter((id) => others.some((album) => found.get(album)?.has(id)));
    for (const [{ id, count }, ids] of found) {
      if (count === undefined) continue;
      // What is on its way lies in both: an album that loses it and gains another item would count the same.
      const unsure = Math.max(0, count - ids.size + moving.filter((one) => ids.has(one)).length);
      if (this.#isSure(id, unsure)) this.#believe(id, count, unsure);
      // One item less and another device's more must not make true again what was believed.
      else this.#forgetCount(id);
    }
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

  /** Answers the items of an album, and none of one that is gone. */
  async #listAlbum(album: OwnAlbum, signal: AbortSignal): Promise<ReadonlySet<MediaItemId>> {
    if (album.count !== undefined) return this.#list(album, signal);
    // Somebody deleted the album; its items are still there, and nothing less than all of them will find them.
    await this.albumGone(album.purpose);
    await this.#list(undefined, signal);
    return new Set();
  }

  /**
   * Whether a count can be believed of which some items are not listed, or lie in two albums. What a person has put in by
   * hand is counted and never listed; what is merely not listed yet, or on its way, is so in a while.
   */
  #isSure(album: AlbumId, unsure: number): boolean {
    const now = this.ports.clock.elapsed();
    const known = this.#unsure.get(album);
    if (known?.count !== unsure) this.#unsure.set(album, { count: unsure, since: now });
    return (
      unsure === 0 ||
      unsure === this.#believed(album)?.unsure ||
      (known?.count === unsure && now - known.since >= LISTED_BY)
    );
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

  /** Answers the items of an album, or all that there are. */
  async #list(own: OwnAlbum | undefined, signal: AbortSignal): Promise<ReadonlySet<MediaItemId>> {
    const album = own?.id;
    const isOlder = own !== undefined && isOfOlder(own);
    const ids = new Set<MediaItemId>();
    let page: string | undefined;
    const missed = new Set<MediaItemId>();
    for (const item of this.ports.ledger.unlinked(this.account))
      if ((album === undefined || item.album === album) && !this.#elsewhere.has(item.id)) missed.add(item.id);
    do {
      const where = { ...(album === undefined ? {} : { album }), ...(page === undefined ? {} : { page }) };
      const found = await this.#ask(() => this.ports.library.list({ signal, ...where }), signal);
      for (const { id } of found.rows) {
        ids.add(id);
        missed.delete(id);
      }
      const { ledger, see } = this.ports;
      for (const item of found.rows) {
        if (markOfName(item.name) === undefined && !ledger.knows(this.account, item.id))
          this.#unmarked.set(item.id, { item, album });
      }
      const news = found.rows.flatMap((item) => {
        const mark = markOfName(item.name);
        return mark === undefined || ledger.knows(this.account, item.id)
          ? []
          : [{ mark, item, album, isOlder }];
      });
      await see(news);
      page = found.next;
    } while (page !== undefined);
    await this.#askFor([...missed], signal);
    return ids;
  }

  /** Items that were found once, and are not listed any more, would pass for copies of files that come later. */
  async #askFor(missed: readonly MediaItemId[], signal: AbortSignal): Promise<void> {
    for (let at = 0; at < missed.length; at += MOST_IDS) {
      const ids = missed.slice(at, at + MOST_IDS);
      const results = await this.#ask(() => this.ports.library.get(ids, signal), signal);
      const gone = ids.filter((_, place) => results[place]?.is === "unseen");
      for (const id of ids) if (!gone.includes(id)) this.#elsewhere.add(id);
      await this.ports.miss(gone);
    }
  }

  /**
   * The count that an album has if nobody else added to it; unknown where the ledger knows fewer of its items than it
   * did then, since an unchanged count would hide what the ledger lost.
   */
  #believed(album: AlbumId): Shaped<typeof believed> | undefined {
    const kept = readAs(believed, this.ports.memory.get(countKey(album)));
    return kept && kept.known <= this.ports.ledger.knownIn(this.account, album) ? kept : undefined;
  }

  /** @param unsure  how many of them are not listed, or lie in two albums, for good */
  #believe(album: AlbumId, count: number, unsure: number): void {
    const known = this.ports.ledger.knownIn(this.account, album);
    this.ports.memory.set(countKey(album), { count, known, unsure });
  }

  #growsBy(more: number, album: AlbumId, before: Shaped<typeof believed> | undefined): void {
    if (before !== undefined) this.#believe(album, before.count + more, before.unsure);
  }

  #forgetCount(album: AlbumId): void {
    this.ports.memory.set(countKey(album), undefined);
  }
}

/** An item whose name carries no whole mark. */
type Unmarked = Pick<Found, "item" | "album">;

const believed = anObject({ count: aNumber, known: aNumber, unsure: aNumber });

function outsideKey(account: AccountKey): string {
  return `outside ${account}`;
}

function countKey(album: AlbumId): string {
  return `count ${album}`;
}
