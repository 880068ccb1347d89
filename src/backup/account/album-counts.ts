import {
  aNumber,
  anObject,
  mayBeDone,
  orError,
  PhotosError,
  readAs,
  type AccountKey,
  type AlbumId,
  type Shaped,
} from "../../model";
import type { Basis } from "../basis";

/** Google's lists are not behind for longer than this, in milliseconds (decision 0005 counts on it as well). */
const LISTED_BY = 300_000;

const DAY = 24 * 3_600_000;

/** A count, how many items of the album the ledger knew at that moment, and how many of them no list tells of. */
const belief = anObject({ count: aNumber, known: aNumber, unlisted: aNumber });

/** How many items something is true of, and since when. */
const standing = anObject({ count: aNumber, at: aNumber });
type Standing = Shaped<typeof standing>;

/** What the albums of an account count if nobody else adds to them (decision 0004). */
export class AlbumCounts {
  readonly #account: AccountKey;
  readonly #basis: Basis;
  /** How many items of an album are counted and not listed, and since when that is so, on the clock's `elapsed`. */
  readonly #unlisted = new Map<AlbumId, Standing>();

  constructor(account: AccountKey, basis: Basis) {
    this.#account = account;
    this.#basis = basis;
  }

  /**
   * What an album should count; unknown where an unchanged count would hide what the ledger has lost since.
   *
   * @param album  without one, what lies outside: its count is when something is known to have come there last
   */
  of(album: AlbumId | undefined): number | undefined {
    return this.#believed(album)?.count;
  }

  #believed(album: AlbumId | undefined): Shaped<typeof belief> | undefined {
    const kept = readAs(belief, this.#basis.ports.memory.get(this.#key(album)));
    return kept && kept.known <= this.#basis.ledger.knownIn(this.#account, album) ? kept : undefined;
  }

  /**
   * An album has been listed, or was made.
   *
   * @param listed  how many of its items were listed; the others may be so later
   * @param moving  how many lie in another album as well, and may be about to leave this one: it would count the same once
   *                they have, and something else has come
   */
  take(album: AlbumId, count: number, listed: number, moving: number): void {
    const { clock, memory } = this.#basis.ports;
    const unlisted = since(this.#unlisted.get(album), Math.max(0, count - listed), clock.elapsed());
    this.#unlisted.set(album, unlisted);
    const key = `moving ${album}`;
    const moved = since(readAs(standing, memory.get(key)), moving, clock.now());
    memory.set(key, moving === 0 ? undefined : moved);
    // What a person has put in by hand is counted and never listed; what is merely not listed yet is listed in a while.
    const isListed =
      unlisted.count === 0 ||
      unlisted.count === this.#believed(album)?.unlisted ||
      clock.elapsed() - unlisted.at >= LISTED_BY;
    // What has stayed where it is for a day will not leave any more.
    if (isListed && (moving === 0 || clock.now() - moved.at >= DAY))
      this.believe(album, count, unlisted.count);
    // One item less and another device's more must not make true again what was believed.
    else this.forget(album);
  }

  /** Whatever an album counts, it is to be listed. */
  forget(album: AlbumId | undefined): void {
    this.#basis.ports.memory.set(this.#key(album), undefined);
  }

  /**
   * Does something that changes how many items an album has. Meanwhile no count of that album is believed;
   * nor after a lost answer to what takes something out: it and what another device did might cancel out.
   *
   * @param album   without one, nothing is believed beforehand: that something is to come to lie outside has been noted
   * @param change  the call, and what is to be on disk before its effect counts; answers by how many items the album has
   *                grown at most; `undefined` where nobody knows
   * @param lost    the same where no answer came; for what only adds, 0: an item that has come all the same shows in the
   *                count
   */
  async changing(
    album: AlbumId | undefined,
    change: () => Promise<number | undefined>,
    lost?: number,
  ): Promise<void> {
    const before = this.#believed(album);
    this.forget(album);
    const answer = await orError(change());
    const isRefused = answer instanceof PhotosError;
    const grown = !isRefused ? answer : mayBeDone(answer) ? lost : 0;
    if (before !== undefined && grown !== undefined)
      this.believe(album, before.count + grown, before.unlisted);
    if (isRefused) throw answer;
  }

  /** From now on, an album should count so many, of which so many no list tells of. */
  believe(album: AlbumId | undefined, count: number, unlisted = 0): void {
    const known = this.#basis.ledger.knownIn(this.#account, album);
    this.#basis.ports.memory.set(this.#key(album), { count, known, unlisted });
  }

  #key(album: AlbumId | undefined): string {
    return `count ${album ?? `outside ${this.#account}`}`;
  }
}

/** A number, and since when it is so. */
function since(before: Standing | undefined, count: number, now: number): Standing {
  // A clock that was ahead then would have it last until it is that time.
  return before?.count === count && before.at <= now ? before : { count, at: now };
}
