import {
  markOf,
  markOfName,
  PhotosError,
  recipeOfMark,
  unmarkedName,
  type AccountKey,
  type Album,
  type AlbumId,
  type ListedItem,
  type MediaItemId,
  type NameMark,
  type PhotoLibrary,
} from "../../model";
import type { Basis } from "../basis";
import { itemOfSeen, writtenUrl, type ItemEntry, type LineOf } from "../ledger/journal";
import { LedgerRecord } from "../ledger/ledger-record";
import { isOfOlder, vaultNameIn } from "./album-purpose";
import { askFor } from "./ask-for";
import { OwnAlbums, type OwnAlbum } from "./own-albums";
import { pagesOf } from "./pages";
import { givenWay, type LineOfOlder } from "./replaced";

/** What a look comes before: a create rests on it, an upload is only spared by it. */
export type LookFor = "upload" | "create";

/** How long a look is trusted, in milliseconds: before an upload, at worst bytes are sent in vain. */
const GOOD_FOR: Readonly<Record<LookFor, number>> = { upload: 900_000, create: 120_000 };

/** Albums are this vault's, whatever they are called, where a quarter of some images lie in them, and at least so many. */
const FEWEST_KNOWN = 3;

/** What else is asked of a look. */
export interface Asked {
  /**
   * Items that would give way to what is to be sent: where another device has sent it, they lie among the older versions.
   */
  readonly replaced?: readonly MediaItemId[];
  /** An earlier look is not good, on the clock's `elapsed`. */
  readonly since?: number | undefined;
  /** The items themselves are looked at, whatever albums count. */
  readonly isAll?: boolean | undefined;
}

/** The last look: when it began, on the clock's `elapsed` and in milliseconds since 1970. */
interface Looked {
  readonly at: number;
  readonly began: number;
  /** Whether the older versions were listed, or even all. */
  readonly withOlder: boolean;
  readonly isAll: boolean;
}

/** Items, with the marks of their names. */
type Listed = ReadonlyMap<MediaItemId, NameMark | undefined>;

type Albums = ReadonlyMap<OwnAlbum, Listed>;

/** An item whose name carries no whole mark, and where it lies. */
interface Unmarked {
  readonly item: ListedItem;
  readonly album: AlbumId | undefined;
}

/** What a look writes down of an item. */
type FoundItem = Pick<LineOf<"seen">, "mark" | "id" | "url" | "album" | "older">;

/**
 * Looks at what this vault has in the account, the only truth that all devices share, and writes what it finds into
 * the ledger. Items are known by the mark at the end of the name we gave them.
 */
export class AccountView {
  readonly #basis: Basis;
  #last: Looked = { at: -Infinity, began: -Infinity, withOlder: false, isAll: false };
  /** Items that looks have found whose names carry no whole mark. */
  readonly #unmarked = new Map<MediaItemId, Unmarked>();
  #looking: Promise<unknown> = Promise.resolve();

  readonly albums: OwnAlbums;

  /** @param library  for calls about this account: refused as `transient` while another one may be signed in */
  constructor(
    readonly account: AccountKey,
    readonly library: PhotoLibrary,
    basis: Basis,
  ) {
    this.#basis = basis;
    this.albums = new OwnAlbums(account, library, basis);
  }

  #isFresh(before: LookFor, since: number): boolean {
    const { clock } = this.#basis.ports;
    const { at, began } = this.#last;
    // The one clock may stand still while the device sleeps, the other be moved: what both call fresh is fresh.
    const isYoung = (age: number): boolean => age >= 0 && age < GOOD_FOR[before];
    return at >= since && isYoung(clock.elapsed() - at) && isYoung(clock.now() - began);
  }

  /**
   * Looks, unless a look is still good: at what the albums count, and at the items themselves only where that tells of
   * something new. Looks run one after another, so that two images that wait for one share it. Throws `PhotosError`.
   */
  look(before: LookFor, { replaced = [], since = -Infinity, isAll = false }: Asked = {}): Promise<void> {
    const done = this.#looking.then(() => {
      const last = this.#last;
      const isEnough = (last.isAll || !isAll) && (last.withOlder || replaced.length === 0);
      if (isEnough && this.#isFresh(before, since)) return undefined;
      // One before may have met what all would meet.
      if (before === "upload" && this.#basis.holds.blocking) throw new PhotosError("transient");
      return this.#look(isAll, replaced);
    });
    this.#looking = done.catch(() => undefined);
    return done;
  }

  /** Items without a whole mark, as looks of this session have found them, and no line tells of. */
  get unmarked(): Iterable<Unmarked> {
    return this.#unmarked.values();
  }

  async #look(isAllAsked: boolean, replaced: readonly MediaItemId[]): Promise<void> {
    const { ports, settings } = this.#basis;
    const { counts } = this.albums;
    // No line tells of items without a whole mark, and no count: a session sees them for itself.
    const isAll = isAllAsked || (this.#last.at === -Infinity && ports.memory.get(this.#unmarkedKey) === true);
    const withOlder = isAll || replaced.length > 0;
    const looked = { at: ports.clock.elapsed(), began: ports.clock.now(), withOlder, isAll };
    const outside = (): number | undefined => settings().outsideAlbums[this.account];
    if (settings().albums === "none") {
      await this.#list();
    } else {
      // What lay outside may have been listed before a ledger was lost, which knows as much again once albums are listed.
      if (counts.of(undefined) === undefined) counts.forget(undefined);
      await this.#lookAtAlbums(isAll, replaced);
      const { others } = this.albums;
      if (others && outside() === undefined && counts.of(undefined) === undefined) {
        await this.#lookElsewhere(others);
        counts.believe(undefined, outside() ?? 0);
      }
      const last = outside();
      if (last !== undefined && (isAll || counts.of(undefined) !== last)) {
        await this.#list();
        counts.believe(undefined, last);
      }
    }
    if (this.#unmarked.size === 0) ports.memory.set(this.#unmarkedKey, undefined);
    this.#last = looked;
  }

  /** Where the device keeps that looks have found items without a whole mark. */
  get #unmarkedKey(): string {
    return `unmarked ${this.account}`;
  }

  /**
   * Where no album of the vault is found, it may have another title: somebody has renamed it, or the vault is called
   * otherwise on another device. Or its items lie in none: lists everything but what other vaults have in theirs
   * (decision 19).
   */
  async #lookElsewhere(albums: readonly Album[]): Promise<void> {
    const { library } = this;
    const { signal, someFingerprints } = this.#basis;
    const theirs = new Set<MediaItemId>();
    const some = albums.length > 0 ? await someFingerprints() : [];
    /** Digits of what lies in the albums of one vault, by their titles. */
    const vaults = new Map<string, Set<string>>();
    for (const { id: album, title } of albums) {
      const name = vaultNameIn(title);
      const digits = vaults.get(name) ?? new Set();
      vaults.set(name, digits);
      for await (const rows of pagesOf((page) => library.list({ album, page, signal }), this.#basis))
        for (const item of rows) {
          theirs.add(item.id);
          digits.add(markOf(markOfName(item.name) ?? ""));
        }
    }
    const ours = albums.filter(({ title }) => {
      const known = some.filter((fp) => vaults.get(vaultNameIn(title))?.has(markOf(fp))).length;
      return known >= FEWEST_KNOWN && known >= some.length / 4;
    });
    if (ours.length > 0) {
      await this.albums.adopt(ours);
      return this.#lookAtAlbums(true, []);
    }
    const items = await this.#list(undefined, theirs);
    if (items.size > 0) await this.albums.noteOutside();
  }

  /**
   * Lists the albums whose count is not the expected one. A newer version that comes into an album while the older one
   * leaves it does not change that count, but shows among the older versions: by their count, and by the very item that
   * would have given way here. Then all are listed (decision 0010).
   */
  async #lookAtAlbums(isAll: boolean, replaced: readonly MediaItemId[]): Promise<void> {
    const { counts } = this.albums;
    const own = await this.albums.list();
    const changed = own.filter(({ id, count }) => counts.of(id) !== count);
    if (!isAll && changed.length + replaced.length === 0) return;
    const older = await this.#listEach(own.filter(isOfOlder));
    const inOlder = itemsIn(older);
    const isMoved = isAll || changed.some(isOfOlder) || replaced.some((id) => inOlder.has(id));
    const others = await this.#listEach(
      own.filter((album) => !isOfOlder(album) && (isMoved || changed.includes(album))),
    );
    const inOthers = itemsIn(others);
    // Before any count is believed: it would not be told again by a count that stays the same.
    if (isMoved) await this.#giveWay(older, inOthers);
    for (const [album, items] of [...older, ...others]) {
      const moving = [...items.keys()].filter((id) => (isOfOlder(album) ? inOthers : inOlder).has(id));
      counts.take(album.id, album.count, items.size, moving.length);
    }
  }

  async #listEach(albums: readonly OwnAlbum[]): Promise<Albums> {
    const listed = new Map<OwnAlbum, Listed>();
    for (const album of albums) listed.set(album, await this.#list(album));
    return listed;
  }

  /** What another device has put among the older versions does not count here any more, unless its bytes lie in the vault. */
  async #giveWay(older: Albums, inOthers: ReadonlySet<MediaItemId>): Promise<void> {
    const { catalogue, ledger } = this.#basis;
    const lines = [...older.values()].flatMap((items) =>
      [...items].flatMap(([id, mark]) => {
        const record = mark && ledger.like(this.account, mark);
        if (!record?.told(id) || record.endingOf(id) || catalogue.has(record.fingerprint)) return [];
        const out = inOthers.has(id) ? undefined : true;
        return [{ what: "superseded", fp: record.fingerprint, id, out } as const];
      }),
    );
    await this.#basis.write(this.account, lines);
  }

  /** Answers the items of an album, or all that there are but other vaults'. */
  async #list(own?: OwnAlbum, theirs?: ReadonlySet<MediaItemId>): Promise<Listed> {
    const { account, library } = this;
    const basis = this.#basis;
    const { ledger, ports, signal } = basis;
    const album = own?.id;
    const older = own !== undefined && isOfOlder(own) ? true : undefined;
    const items = new Map<MediaItemId, NameMark | undefined>();
    for await (const rows of pagesOf((page) => library.list({ album, page, signal }), basis)) {
      const news = rows.flatMap((item) => {
        const { id, name } = item;
        if (theirs?.has(id)) return [];
        const mark = markOfName(name);
        items.set(id, mark);
        const isKnown = ledger.knows(account, id);
        if (mark === undefined && !isKnown) {
          this.#unmarked.set(id, { item, album });
          ports.memory.set(this.#unmarkedKey, true);
        }
        const isNews = !isKnown || (older && mark && ledger.isSeenAsNew(account, mark, id));
        if (mark === undefined || !isNews) return [];
        // What lies in no album may be another vault's, whose names are nothing to this one.
        const told = album && unmarkedName(name);
        return [{ what: "seen", mark, id, url: writtenUrl(item), album, name: told, older } as const];
      });
      await basis.write(account, [...this.#sentByOthers(news), ...news]);
      // An image that is backed up may be there twice.
      basis.replanAll(news.flatMap(({ mark }) => ledger.like(account, mark)?.fingerprint ?? []));
    }
    const isMissed = (one: LineOf<"seen">): boolean =>
      (own === undefined || one.album === album) && !items.has(one.id);
    await this.#askFor([...ledger.unlinked(account)].filter(isMissed).map(({ id }) => id));
    return items;
  }

  /**
   * Of images that nobody sends here by themselves another device was told to send one that is gone, or a create of unknown
   * outcome has made one whose file has other bytes by now: such an item counts here as well. Before what was found is
   * written down: a kill may tear the write, and it is found but once.
   */
  #sentByOthers(news: readonly FoundItem[]): readonly (ItemEntry | LineOfOlder)[] {
    const { catalogue, ledger, settings } = this.#basis;
    return news.flatMap((seen) => {
      const known = ledger.like(this.account, seen.mark);
      if (seen.older || !(known instanceof LedgerRecord)) return [];
      const isNobodys = known.openIntents.length > 0 && !catalogue.has(known.fingerprint);
      if (!known.isLeftAlone && !isNobodys) return [];
      return [
        // What it was to replace gives way to it.
        ...known.openIntents.flatMap(({ replaces }) => givenWay(replaces, this.account, this.#basis)),
        itemOfSeen(known.fingerprint, seen, recipeOfMark(seen.mark, settings().dates)),
      ];
    });
  }

  /** Items that were found once, and are not listed any more, would pass for copies of files that come later. */
  async #askFor(missed: readonly MediaItemId[]): Promise<void> {
    const { retries, signal } = this.#basis;
    const get = (ids: readonly MediaItemId[]) =>
      retries.patiently(() => this.library.get(ids, signal), signal);
    for await (const answers of askFor(missed, (id) => id, get)) {
      const gone = answers.filter(([, item]) => item === undefined);
      await this.#basis.write(
        this.account,
        gone.map(([id]) => ({ what: "unseen", id, gone: true })),
      );
    }
  }
}

function itemsIn(albums: Albums): ReadonlySet<MediaItemId> {
  return new Set([...albums.values()].flatMap((items) => [...items.keys()]));
}
