import {
  PhotosError,
  type AccountKey,
  type AlbumId,
  type Fingerprint,
  type MediaItem,
  type MediaItemId,
} from "../model";
import type { Context } from "./context";
import { itemAgain } from "./journal";

/** Google changes at most this many items of an album in one call (fact sheet §4.3). */
const MOST = 50;

/** One item that is in its album and should not be, or the other way round. */
interface Chore {
  readonly do: "take-out" | "put-back";
  readonly account: AccountKey;
  readonly album: AlbumId;
  readonly fingerprint: Fingerprint;
  readonly id: MediaItemId;
}

/** What is known of an item that an album is to be tidied of. */
export type Tidied = Pick<MediaItem, "id" | "album" | "origin">;

/**
 * Keeps albums in step with the vault: an older version of a changed image is taken out, and put back should its bytes
 * return. What is done is written down after it was done, so that a kill only has it done once more. Nothing else rests
 * on it: an album that could not be tidied is untidy, and no more.
 */
export class Tidier {
  readonly #chores = new Map<MediaItemId, Chore>();
  /** Refused together with others: to be tried alone, so that one that cannot be moved keeps no other. */
  readonly #alone = new Set<MediaItemId>();
  #tries = 0;
  #notBefore = 0;

  constructor(private readonly context: Context) {}

  /** When there is something to tidy, on the clock's `elapsed`. */
  get due(): number | undefined {
    return this.#chores.size === 0 ? undefined : this.#notBefore;
  }

  /** An older version is to leave its album; without one there is nothing to leave. */
  takeOut(account: AccountKey, fingerprint: Fingerprint, { id, album, origin }: Tidied): void {
    // What the person had from elsewhere only they can move.
    if (album !== undefined && origin !== "preexisting")
      this.#note({ do: "take-out", account, album, fingerprint, id });
  }

  /** An older version counts again: its bytes lie in the vault as they did before. */
  async putBack(account: AccountKey | undefined, fingerprint: Fingerprint, item: MediaItem): Promise<void> {
    if (account === undefined) return;
    const { id, album, origin } = item;
    if (album === undefined || origin === "preexisting")
      await this.#writeDown({ do: "put-back", account, fingerprint, id });
    else this.#note({ do: "put-back", account, album, fingerprint, id });
  }

  /** Takes up what this device had still to take out when it was stopped. */
  recall(account: AccountKey): void {
    const { catalogue, ledger } = this.context;
    for (const item of ledger.toTakeOut(account))
      if (!catalogue.has(item.fp)) this.takeOut(account, item.fp, item);
  }

  #note(chore: Chore): void {
    if (this.#chores.get(chore.id)?.do === chore.do) return;
    // What was to be done before is overtaken; the newest goes last.
    this.#chores.delete(chore.id);
    this.#chores.set(chore.id, chore);
    this.context.beat();
  }

  /** Does what can be done of one kind in one album with one call. */
  async tidy(): Promise<void> {
    const [first] = this.#chores.values();
    if (first === undefined) return;
    const { clock } = this.context.ports;
    const { album, account } = first;
    const chores = this.#alone.has(first.id) ? [first] : this.#like(first);
    const ids = chores.map(({ id }) => id);
    try {
      const view = await this.context.view();
      if (view.account !== account) {
        this.#drop(chores);
        return;
      }
      const { signal } = this.context;
      const isOut = first.do === "take-out";
      await view.changing(
        album,
        () =>
          isOut
            ? view.library.removeFromAlbum(album, ids, signal)
            : view.library.addToAlbum(album, ids, signal),
        () => (isOut ? -ids.length : ids.length),
        isOut,
      );
      await this.#done(chores);
    } catch (error) {
      if (!(error instanceof PhotosError)) throw error;
      this.#tries += 1;
      const retry = this.context.retries.failed(error, this.#tries);
      // A definite no will not turn into a yes: the album is gone, or somebody has moved an item by hand.
      if (error.kind === "bad-album") await this.#done(chores);
      else if (isOfAnItem(error) && chores.length > 1) for (const id of ids) this.#alone.add(id);
      else if (isOfAnItem(error)) await this.#done(chores);
      else if (retry.do !== "hold") this.#notBefore = clock.elapsed() + retry.ms;
      if (retry.do === "give-up") this.#tries = 0;
    }
  }

  #like({ do: what, album, account }: Chore): readonly Chore[] {
    return [...this.#chores.values()]
      .filter((one) => one.do === what && one.album === album && one.account === account)
      .filter(({ id }) => !this.#alone.has(id))
      .slice(0, MOST);
  }

  async #done(chores: readonly Chore[]): Promise<void> {
    this.#drop(chores);
    for (const chore of chores) await this.#writeDown(chore);
  }

  #drop(chores: readonly Chore[]): void {
    this.#tries = 0;
    this.#notBefore = 0;
    for (const chore of chores) {
      this.#alone.delete(chore.id);
      if (this.#chores.get(chore.id) === chore) this.#chores.delete(chore.id);
    }
  }

  async #writeDown({ do: what, account, fingerprint, id }: Omit<Chore, "album">): Promise<void> {
    const record = this.context.ledger.record(account, fingerprint);
    const told = record?.told(id);
    // Meanwhile it may have come to count again, or have gone.
    if (told === undefined || record?.endingOf(id) !== "superseded") return;
    const isOut = what === "take-out";
    await this.context.write(account, [
      isOut ? { what: "superseded", fp: fingerprint, id, out: true } : itemAgain(told),
    ]);
    if (!isOut) this.context.replanAll([fingerprint]);
  }
}

function isOfAnItem({ kind }: PhotosError): boolean {
  return kind === "permanent" || kind === "bad-item";
}
