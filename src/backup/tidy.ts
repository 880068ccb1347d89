import { PhotosError, type AccountKey, type AlbumId, type Fingerprint, type MediaItemId } from "../model";
import type { AccountView } from "./account-view";
import { albumPurpose, isOfOlder, OLDER } from "./album-purpose";
import { albumWithRoom } from "./album-with-room";
import type { Context, Tidied } from "./context";
import { itemAgain } from "./journal";
import type { Ending } from "./ledger-record";

/** Google changes at most this many items of an album in one call (fact sheet §4.3). */
const MOST = 50;

/** One item that is to leave the album it lies in, or to come back to the one for a purpose. */
type Chore = (
  { readonly do: "take-out"; readonly where: AlbumId } | { readonly do: "put-back"; readonly where: string }
) & {
  readonly account: AccountKey;
  readonly fingerprint: Fingerprint;
  readonly id: MediaItemId;
};

/**
 * Keeps albums in step with the vault: an older version of a changed image goes to an album of its own kind, and comes
 * back should its bytes return. It always comes before it leaves, so that the albums together never count less while
 * another device sends something: on that rests what their counts tell (decision 0010). What is done is written down
 * after it was done, so that a kill only has it done once more.
 */
export class Tidier {
  readonly #chores = new Map<MediaItemId, Chore>();
  /** Refused together with others: to be tried alone, so that one that cannot be moved keeps no other. */
  readonly #alone = new Set<MediaItemId>();
  /** Among the older versions, and still where they were as well. */
  readonly #inBoth = new Set<MediaItemId>();
  #tries = 0;
  #notBefore = 0;

  constructor(private readonly context: Context) {}

  /** When there is something to tidy, on the clock's `elapsed`; `Infinity` where there is nothing. */
  get due(): number {
    return this.#chores.size === 0 ? Infinity : this.#notBefore;
  }

  /** An older version is to leave its album; without one there is nothing to leave. */
  takeOut(account: AccountKey, fingerprint: Fingerprint, { id, album, origin }: Tidied): void {
    this.#chores.delete(id);
    // What the person had from elsewhere only they can move.
    if (album === undefined || origin === "preexisting" || this.#older(account).includes(album)) return;
    this.#note({ do: "take-out", where: album, account, fingerprint, id });
  }

  /** An older version counts again: its bytes lie in the vault as they did before. */
  async putBack(account: AccountKey | undefined, fingerprint: Fingerprint, item: Tidied): Promise<void> {
    const { catalogue, settings } = this.context;
    const [path] = catalogue.pathsOf(fingerprint);
    if (account === undefined || path === undefined) return;
    const { id, album, origin } = item;
    const where =
      origin === "preexisting" || album === undefined ? undefined : albumPurpose(path, settings());
    if (where === undefined) await this.#writeDown(account, fingerprint, id);
    else this.#note({ do: "put-back", where, account, fingerprint, id });
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

  /** The albums for older versions, as far as they are known. */
  #older(account: AccountKey): readonly AlbumId[] {
    const kept = Object.entries(this.context.settings().albumIds[account] ?? {});
    return kept.flatMap(([purpose, id]) => (isOfOlder({ purpose }) ? [id as AlbumId] : []));
  }

  /** Does what can be done of one kind in one album with a few calls. */
  async tidy(): Promise<void> {
    const [first] = this.#chores.values();
    if (first === undefined) return;
    const { clock } = this.context.ports;
    const chores = this.#alone.has(first.id) ? [first] : this.#like(first);
    const ids = chores.map(({ id }) => id);
    try {
      const view = await this.context.view();
      if (view.account !== first.account) {
        this.#drop(chores);
        return;
      }
      let album: AlbumId | undefined;
      if (first.do === "put-back") album = await this.#putBack(first.where, ids, view);
      else await this.#takeOut(first.where, ids, view);
      await this.#done(chores, album);
    } catch (error) {
      if (!(error instanceof PhotosError)) throw error;
      this.#tries += 1;
      const retry = this.context.retries.failed(error, this.#tries);
      // A definite no will not turn into a yes: the album is gone, or somebody has moved an item by hand.
      if (error.kind === "bad-album") await this.#done(chores);
      else if (isOfAnItem(error) && chores.length > 1) for (const id of ids) this.#alone.add(id);
      else if (isOfAnItem(error)) await this.#done(chores);
      else this.#notBefore = clock.elapsed() + retry.ms;
      if (retry.because !== undefined) this.#tries = 0;
    }
  }

  async #takeOut(album: AlbumId, ids: readonly MediaItemId[], view: AccountView): Promise<void> {
    const { settings } = this.context;
    const toCome = ids.filter((id) => !this.#inBoth.has(id));
    if (settings().albums === "none") await view.noteOutside();
    else if (toCome.length > 0) await this.#comeTo(OLDER, toCome, view);
    for (const id of ids) this.#inBoth.add(id);
    await this.#leave(album, ids, view);
  }

  /** Answers the album that they are in again. */
  async #putBack(purpose: string, ids: readonly MediaItemId[], view: AccountView): Promise<AlbumId> {
    const album = await this.#comeTo(purpose, ids, view);
    const ofOlder = new Set([...this.#older(view.account), ...view.olderAlbums]);
    for (const older of ofOlder) await this.#leave(older, ids, view);
    return album;
  }

  /**
   * Takes items out of an album, one by one where it does not have all of them: those somebody else has taken out, and may
   * have put something else in their place, so that its count tells nothing. Throws `PhotosError`.
   */
  async #leave(album: AlbumId, ids: readonly MediaItemId[], view: AccountView): Promise<void> {
    const { signal } = this.context;
    try {
      const take = () => view.library.removeFromAlbum(album, ids, signal);
      await view.counts.changing(album, take, () => -ids.length);
    } catch (error) {
      if (!(error instanceof PhotosError && isOfAnItem(error))) throw error;
      view.counts.forget(album);
      if (ids.length > 1) for (const id of ids) await this.#leave(album, [id], view);
    }
  }

  /**
   * Puts items into an album for a purpose. Throws `PhotosError`: `transient` where the album has to be made anew, and
   * `bad-item` where it is there all the same.
   */
  async #comeTo(purpose: string, ids: readonly MediaItemId[], view: AccountView): Promise<AlbumId> {
    const { signal } = this.context;
    const { id, purpose: key } = await albumWithRoom(purpose, ids.length, view, this.context);
    try {
      const add = () => view.library.addToAlbum(id, ids, signal);
      await view.counts.changing(id, add, () => ids.length);
    } catch (error) {
      if (!(error instanceof PhotosError) || error.kind !== "bad-album") throw error;
      if ((await view.library.album(id, signal)) !== undefined) throw new PhotosError("bad-item");
      await view.albumGone(key);
      throw new PhotosError("transient");
    }
    return id;
  }

  #like({ do: what, where, account }: Chore): readonly Chore[] {
    return [...this.#chores.values()]
      .filter((one) => one.do === what && one.where === where && one.account === account)
      .filter(({ id }) => !this.#alone.has(id))
      .slice(0, MOST);
  }

  /** @param album  where they were put back to */
  async #done(chores: readonly Chore[], album?: AlbumId): Promise<void> {
    this.#drop(chores);
    for (const { do: what, account, fingerprint, id } of chores) {
      if (what === "put-back") await this.#writeDown(account, fingerprint, id, album);
      else if (this.#endingOf(account, fingerprint, id) === "superseded")
        await this.context.write(account, [{ what: "superseded", fp: fingerprint, id, out: true }]);
    }
  }

  #drop(chores: readonly Chore[]): void {
    this.#tries = 0;
    this.#notBefore = 0;
    for (const chore of chores) {
      this.#alone.delete(chore.id);
      this.#inBoth.delete(chore.id);
      if (this.#chores.get(chore.id) === chore) this.#chores.delete(chore.id);
    }
  }

  /** The item counts again, unless it has gone meanwhile. */
  async #writeDown(
    account: AccountKey,
    fingerprint: Fingerprint,
    id: MediaItemId,
    album?: AlbumId,
  ): Promise<void> {
    const told = this.context.ledger.record(account, fingerprint)?.told(id);
    const ending = this.#endingOf(account, fingerprint, id);
    if (told === undefined || (ending !== undefined && ending !== "superseded")) return;
    await this.context.write(account, [{ ...itemAgain(told), ...(album === undefined ? {} : { album }) }]);
    this.context.replanAll([fingerprint]);
  }

  #endingOf(account: AccountKey, fingerprint: Fingerprint, id: MediaItemId): Ending | undefined {
    return this.context.ledger.record(account, fingerprint)?.endingOf(id)?.what;
  }
}

function isOfAnItem({ kind }: PhotosError): boolean {
  return kind === "permanent" || kind === "bad-item";
}
