import {
  aBoolean,
  aNumber,
  anObject,
  markOfName,
  MOST_IDS,
  mayBeDone,
  optional,
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

import { purposeOfTitle } from "./album-purpose";
import type { Ledger } from "./ledger";

/** A look is trusted this long before a create, in milliseconds. */
const GOOD_FOR_CREATE = 120_000;

/** A look is trusted this long before an upload, in milliseconds: at worst, bytes are sent in vain. */
const GOOD_FOR_UPLOAD = 900_000;

const DAY = 24 * 3_600_000;

/** Google's lists are not behind for longer than this, in milliseconds (decision 0003 counts on it as well). */
const LISTED_BY = 300_000;

/**
 * What a look is for: before a create it must be fresh, before an upload it only saves work. A check looks in any case,
 * and at the items of an album whose count may be right by chance.
 */
export type LookFor = "upload" | "create" | "check";

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
  readonly ledger: Pick<Ledger, "isEmpty" | "isShared" | "knows" | "knownIn" | "mayBeOurs" | "unlinked">;
  /** When the youngest image of the vault came to be, milliseconds since 1970. */
  readonly latest: () => number;
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
}

/**
 * Looks at what this vault has in the account, the only truth that all devices share, and writes what it finds into
 * the ledger. Items are known by the mark at the end of the name we gave them.
 */
export class AccountView {
  #counted = NEVER;
  #listed = NEVER;
  /** Albums of this client by title, smallest id first, as they were listed last. */
  #albums: ReadonlyMap<string, readonly Album[]> | undefined;
  /** How many items of an album are counted and not listed, and since when that is so. */
  readonly #unlisted = new Map<AlbumId, { readonly count: number; readonly since: number }>();
  /** Items that looks have found whose names carry no whole mark. */
  readonly #unmarked = new Map<MediaItemId, Omit<Found, "mark">>();
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

  /**
   * When everything was last listed, in this session or an earlier one, milliseconds since 1970: no image that was there
   * then is younger, whatever became of the clock.
   */
  get listedAt(): number {
    const kept = this.ports.memory.get(listedKey(this.account));
    return typeof kept === "number" ? kept : Infinity;
  }

  /** Whether another device has been seen to send to the account, or to have written down that it does. */
  get isShared(): boolean {
    return this.ports.ledger.isShared || this.ports.memory.get(sharedKey(this.account)) === true;
  }

  #isFresh(closeness: Closeness, before: LookFor, since: number): boolean {
    const { at, began } = closeness === "list" ? this.#listed : this.#counted;
    const { clock } = this.ports;
    const limit = before === "create" ? GOOD_FOR_CREATE : GOOD_FOR_UPLOAD;
    // The one clock may stand still while the device sleeps, the other be moved: what both call fresh is fresh.
    const isYoung = (age: number): boolean => age >= 0 && age < limit;
    return before !== "check" && at >= since && isYoung(clock.elapsed() - at) && isYoung(clock.now() - began);
  }

  /**
   * Looks, unless a look of this closeness is still good. Looks run one after another, so that two images that wait
   * for one share it. Throws `PhotosError`.
   *
   * @param since  an earlier look is not good, on the clock's `elapsed`
   */
  look(closeness: Closeness, before: LookFor, signal: AbortSignal, since = -Infinity): Promise<void> {
    const done = this.#looking.then(() =>
      this.#isFresh(closeness, before, since) ? undefined : this.#look(closeness, before, signal),
    );
    this.#looking = done.catch(() => undefined);
    return done;
  }

  /**
   * Looks at the items themselves, however fresh the last look is. Throws `PhotosError`.
   *
   * @param whole  also at what may lie outside the vault's albums, though that was looked at before
   */
  lookAgain(signal: AbortSignal, whole = false): Promise<void> {
    const done = this.#looking.then(() => this.#look("list", "check", signal, whole));
    this.#looking = done.catch(() => undefined);
    return done;
  }

  /** How many items an album has at least, as far as is known here. */
  sizeOf(album: AlbumId): number {
    return Math.max(this.#expected(album) ?? 0, this.ports.ledger.knownIn(this.account, album));
  }

  /** Items without a whole mark, as looks of this session have found them, and no line tells of. */
  get unmarked(): Iterable<Omit<Found, "mark">> {
    return this.#unmarked.values();
  }

  /**
   * Does something that changes how many items an album has. Until it is known to have worked, no count of that album
   * is believed: a lost answer and what another device did might cancel out.
   *
   * @param change   the call, and what is to be on disk before its effect counts
   * @param grownBy  by how many items the album has grown, from the call's answer
   * @param unsure  another device may do the same just now and the count be right by chance: the next check lists the items
   */
  async changing<Answer>(
    album: AlbumId | undefined,
    change: () => Promise<Answer>,
    grownBy: (answer: Answer) => number,
    unsure: boolean,
  ): Promise<Answer> {
    if (album === undefined) return change();
    const before = this.#expected(album);
    const staysUnsure = unsure || this.#kept(album)?.unsure === true;
    this.ports.memory.set(countKey(album), undefined);
    try {
      const answer = await change();
      if (before !== undefined) this.#expect(album, before + grownBy(answer), staysUnsure);
      return answer;
    } catch (error) {
      const isUndone = error instanceof PhotosError && !mayBeDone(error);
      if (isUndone && before !== undefined) this.#expect(album, before, staysUnsure);
      throw error;
    }
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
    this.#expect(made.id, made.count);
    return made.id;
  }

  /** An album that we knew is gone: what is known of albums is out of date. */
  albumGone(): void {
    this.#albums = undefined;
  }

  /**
   * Keeps that items lie outside the vault's albums: made without one, or left behind by one that is gone. Whoever has
   * not seen them would send them again.
   */
  async noteOutside(): Promise<void> {
    await this.ports.settings.rememberOutside(this.account, Math.floor(this.ports.clock.now() / DAY));
  }

  async #look(closeness: Closeness, before: LookFor, signal: AbortSignal, whole = false): Promise<void> {
    const { clock, memory, settings } = this.ports;
    const at = clock.elapsed();
    const began = clock.now();
    let albums = 0;
    let listed = 0;
    if (settings.read().albums === "none") {
      await this.#list(undefined, signal);
    } else {
      this.#albums = undefined;
      for (const album of await this.#ownAlbums(signal)) {
        albums += 1;
        const isSure = before !== "check" || this.#kept(album.id)?.unsure !== true;
        if (await this.#lookAtAlbum(album, isSure ? closeness : "list", signal)) listed += 1;
      }
      const outside = settings.read().outsideAlbums[this.account];
      // A ledger that is lost has lost what was found there as well.
      const isFound =
        memory.get(outsideKey(this.account)) === outside && !(this.isFirst && this.#listed === NEVER);
      if (outside !== undefined && (whole || !isFound)) {
        await this.#list(undefined, signal);
        memory.set(outsideKey(this.account), outside);
      }
    }
    this.#counted = { at, began };
    if (closeness === "count" && listed < albums) return;
    this.#listed = { at, began };
    // By a clock that has gone back since, images that were there already would pass for new ones.
    memory.set(listedKey(this.account), Math.max(began, this.ports.latest()));
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

  /** Answers whether the album's items were listed. */
  async #lookAtAlbum(
    { id, count, purpose }: OwnAlbum,
    closeness: Closeness,
    signal: AbortSignal,
  ): Promise<boolean> {
    if (count === undefined) {
      // Somebody deleted the album; its items are still there, and nothing less than all of them will find them.
      await this.ports.settings.rememberAlbum(this.account, purpose, undefined);
      await this.noteOutside();
      await this.#list(undefined, signal);
      return true;
    }
    if (closeness === "count" && this.#expected(id) === count) return false;
    const rows = await this.#list(id, signal);
    if (this.#isWhole(id, count - rows)) this.#expect(id, count);
    // What was expected is past: one item less and another device's more must not make it true again.
    else if (this.#expected(id) !== count) this.ports.memory.set(countKey(id), undefined);
    return true;
  }

  /**
   * Whether a list tells all that its album's count does. Items that a person added by hand are counted and never
   * listed; items that are merely not listed yet are listed in a while.
   */
  #isWhole(album: AlbumId, unlisted: number): boolean {
    if (unlisted <= 0) {
      this.#unlisted.delete(album);
      return true;
    }
    const now = this.ports.clock.elapsed();
    const known = this.#unlisted.get(album);
    if (known?.count === unlisted) return now - known.since >= LISTED_BY;
    this.#unlisted.set(album, { count: unlisted, since: now });
    return false;
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

  /** Answers how many items were listed. */
  async #list(album: AlbumId | undefined, signal: AbortSignal): Promise<number> {
    let rows = 0;
    let page: string | undefined;
    const missed = new Set<MediaItemId>();
    for (const item of this.ports.ledger.unlinked(this.account))
      if ((album === undefined || item.album === album) && !this.#elsewhere.has(item.id)) missed.add(item.id);
    do {
      const where = { ...(album === undefined ? {} : { album }), ...(page === undefined ? {} : { page }) };
      const found = await this.#ask(() => this.ports.library.list({ signal, ...where }), signal);
      rows += found.rows.length;
      for (const { id } of found.rows) missed.delete(id);
      const { ledger, see } = this.ports;
      for (const item of found.rows) {
        if (markOfName(item.name) === undefined && !ledger.knows(this.account, item.id))
          this.#unmarked.set(item.id, { item, album });
      }
      const news = found.rows.flatMap((item) => {
        const mark = markOfName(item.name);
        return mark === undefined || ledger.knows(this.account, item.id) ? [] : [{ mark, item, album }];
      });
      this.#noteOthers(news);
      await see(news);
      page = found.next;
    } while (page !== undefined);
    await this.#askFor([...missed], signal);
    return rows;
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

  /** What this device cannot have made itself another one has. */
  #noteOthers(news: readonly Found[]): void {
    if (news.length === 0 || this.isShared) return;
    const mayBeOurs = this.ports.ledger.mayBeOurs(this.account);
    if (news.some(({ mark }) => !mayBeOurs(mark))) this.ports.memory.set(sharedKey(this.account), true);
  }

  /**
   * The count that an album has if nobody else added to it; unknown where the ledger knows fewer of its items than it
   * did then, since an unchanged count would hide what the ledger lost.
   */
  #expected(album: AlbumId): number | undefined {
    const kept = this.#kept(album);
    return kept && kept.known <= this.ports.ledger.knownIn(this.account, album) ? kept.count : undefined;
  }

  #kept(album: AlbumId): Shaped<typeof countMark> | undefined {
    return readAs(countMark, this.ports.memory.get(countKey(album)));
  }

  /** @param unsure  whether the count may have been right by chance since the items were listed */
  #expect(album: AlbumId, count: number, unsure = false): void {
    const known = this.ports.ledger.knownIn(this.account, album);
    this.ports.memory.set(countKey(album), { count, known, unsure });
  }
}

const countMark = anObject({ count: aNumber, known: aNumber, unsure: optional(aBoolean) });

function listedKey(account: AccountKey): string {
  return `listed ${account}`;
}

function outsideKey(account: AccountKey): string {
  return `outside ${account}`;
}

function sharedKey(account: AccountKey): string {
  return `shared ${account}`;
}

function countKey(album: AlbumId): string {
  return `count ${album}`;
}
