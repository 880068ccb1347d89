import {
  aNumber,
  anObject,
  mayBeDone,
  PhotosError,
  readAs,
  type AccountKey,
  type AlbumId,
  type Clock,
  type DeviceMemory,
  type Shaped,
} from "../model";
import type { Ledger } from "./ledger";

/** Google's lists are not behind for longer than this, in milliseconds (decision 0005 counts on it as well). */
const LISTED_BY = 300_000;

const DAY = 24 * 3_600_000;

export interface CountPorts {
  readonly memory: DeviceMemory;
  readonly clock: Clock;
  readonly ledger: Pick<Ledger, "knownIn">;
}

/** A count, how many items of the album the ledger knew at that moment, and how many of them no list tells of. */
const belief = anObject({ count: aNumber, known: aNumber, unlisted: aNumber });

/** How many items of an album lie in another one as well, and since when, milliseconds since 1970. */
const movement = anObject({ count: aNumber, at: aNumber });

/** What the albums of an account count if nobody else adds to them (decision 0004). */
export class AlbumCounts {
  /** How many items of an album are counted and not listed, and since when that is so. */
  readonly #unlisted = new Map<AlbumId, { readonly count: number; readonly since: number }>();

  constructor(
    private readonly account: AccountKey,
    private readonly ports: CountPorts,
  ) {}

  /** What an album should count; unknown where an unchanged count would hide what the ledger has lost since. */
  of(album: AlbumId): number | undefined {
    return this.#believed(album)?.count;
  }

  #believed(album: AlbumId): Shaped<typeof belief> | undefined {
    const kept = readAs(belief, this.ports.memory.get(countKey(album)));
    return kept && kept.known <= this.ports.ledger.knownIn(this.account, album) ? kept : undefined;
  }

  /**
   * An album has been listed, or was made.
   *
   * @param listed  how many of its items were listed; the others may be so later
   * @param moving  how many lie in another album as well, and may be about to leave this one: it would count the same once
   *                they have, and something else has come
   */
  take(album: AlbumId, count: number, listed: number, moving: number): void {
    const unlisted = Math.max(0, count - listed);
    const isSure = [this.#isSure(album, unlisted), this.#isSettled(album, moving)].every(Boolean);
    if (isSure) this.#believe(album, count, unlisted);
    // One item less and another device's more must not make true again what was believed.
    else this.forget(album);
  }

  /** Whatever an album counts, it is to be listed. */
  forget(album: AlbumId): void {
    this.ports.memory.set(countKey(album), undefined);
  }

  /**
   * Does something that changes how many items an album has. Until it is known to have worked, no count of that album
   * is believed: a lost answer and what another device did might cancel out.
   *
   * @param change   the call, and what is to be on disk before its effect counts
   * @param grownBy  by how many items the album has grown at most, from the call's answer
   */
  async changing<Answer>(
    album: AlbumId,
    change: () => Promise<Answer>,
    grownBy: (answer: Answer) => number,
  ): Promise<Answer> {
    const before = this.#believed(album);
    this.forget(album);
    try {
      const answer = await change();
      if (before !== undefined) this.#believe(album, before.count + grownBy(answer), before.unlisted);
      return answer;
    } catch (error) {
      const isUndone = error instanceof PhotosError && !mayBeDone(error);
      if (isUndone && before !== undefined) this.#believe(album, before.count, before.unlisted);
      throw error;
    }
  }

  /**
   * Whether a count can be believed of which some items are not listed. What a person has put in by hand is counted and
   * never listed; what is merely not listed yet is listed in a while.
   */
  #isSure(album: AlbumId, unlisted: number): boolean {
    const now = this.ports.clock.elapsed();
    const known = this.#unlisted.get(album);
    if (known?.count !== unlisted) this.#unlisted.set(album, { count: unlisted, since: now });
    return (
      unlisted === 0 ||
      unlisted === this.#believed(album)?.unlisted ||
      (known?.count === unlisted && now - known.since >= LISTED_BY)
    );
  }

  /** Whether nothing is on its way: what has stayed where it is for a day will not leave any more. */
  #isSettled(album: AlbumId, moving: number): boolean {
    const { memory, clock } = this.ports;
    const key = `moving ${album}`;
    const known = readAs(movement, memory.get(key));
    if (known?.count !== moving)
      memory.set(key, moving === 0 ? undefined : { count: moving, at: clock.now() });
    return moving === 0 || (known?.count === moving && clock.now() - known.at >= DAY);
  }

  #believe(album: AlbumId, count: number, unlisted: number): void {
    const known = this.ports.ledger.knownIn(this.account, album);
    this.ports.memory.set(countKey(album), { count, known, unlisted });
  }
}

function countKey(album: AlbumId): string {
  return `count ${album}`;
}
