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

/** Albums are tidied in pauses; what keeps failing is left as it is after so many tries. */
const TRIES = 5;

interface Chore {
  readonly do: "take-out" | "put-back";
  readonly album: AlbumId;
  readonly ids: Set<MediaItemId>;
}

/**
 * Keeps albums in step with the vault: an older version of a changed image is taken out, and put back should its bytes
 * return. Nothing rests on it: an album that could not be tidied is untidy, and no more.
 */
export class Tidier {
  readonly #chores: Chore[] = [];
  #tries = 0;
  #notBefore = 0;

  constructor(private readonly context: Context) {}

  /** When there is something to tidy, on the clock's `elapsed`. */
  get due(): number | undefined {
    return this.#chores.length === 0 ? undefined : this.#notBefore;
  }

  note(what: Chore["do"], album: AlbumId, id: MediaItemId): void {
    const last = this.#chores.at(-1);
    if (last?.do === what && last.album === album && last.ids.size < MOST) last.ids.add(id);
    else this.#chores.push({ do: what, album, ids: new Set([id]) });
    this.context.beat();
  }

  /** An older version counts again: its bytes lie in the vault as they did before. */
  async putBack(account: AccountKey | undefined, fingerprint: Fingerprint, item: MediaItem): Promise<void> {
    if (account === undefined) return;
    const { id, album } = item;
    const told = this.context.ledger.record(account, fingerprint)?.told(id);
    if (told !== undefined) await this.context.write(account, [itemAgain(told)]);
    if (album !== undefined) this.note("put-back", album, id);
  }

  /** Does one chore. */
  async tidy(): Promise<void> {
    const chore = this.#chores[0];
    if (chore === undefined) return;
    const { library, clock } = this.context.ports;
    const ids = [...chore.ids];
    try {
      const view = await this.context.view();
      const { signal } = this.context;
      const isOut = chore.do === "take-out";
      await view.changing(
        chore.album,
        () =>
          isOut
            ? library.removeFromAlbum(chore.album, ids, signal)
            : library.addToAlbum(chore.album, ids, signal),
        () => (isOut ? -ids.length : ids.length),
        isOut,
      );
      this.#done();
    } catch (error) {
      if (!(error instanceof PhotosError)) throw error;
      this.#tries += 1;
      const retry = this.context.retries.failed(error, this.#tries);
      if (retry.do === "give-up" || this.#tries >= TRIES) this.#done();
      else if (retry.do === "wait") this.#notBefore = clock.elapsed() + retry.ms;
    }
  }

  #done(): void {
    this.#chores.shift();
    this.#tries = 0;
    this.#notBefore = 0;
  }
}
