import {
  PhotosError,
  type AccountKey,
  type AlbumId,
  type Fingerprint,
  type MediaItemId,
  type PhotosErrorKind,
  type VaultPath,
} from "../../model";
import type { Context } from "../context";
import type { LineOf } from "../ledger/journal";
import { Tries } from "../sending/tries";
import type { AccountView } from "./account-view";
import { albumPurpose, OLDER } from "./album-purpose";
import { isOldEnough } from "./verify";

/** Google changes at most this many items of an album in one call (fact sheet §4.3). */
const MOST = 50;

/** Errors that will not turn into a yes: the album is gone, or somebody has moved an item by hand. */
const REFUSED: ReadonlySet<PhotosErrorKind> = new Set(["bad-album", "bad-item", "permanent"]);

/** One item that is to come to the album for a purpose, where there is one, and then to leave others. */
interface Chore {
  readonly item: LineOf<"item">;
  /** Its bytes lie in the vault again, so that it counts again; else it has given way. */
  readonly isBack: boolean;
  readonly to: string | undefined;
  readonly from: readonly AlbumId[];
}

/**
 * Keeps albums in step with the vault: an older version of a changed image goes to an album of its own kind, and comes
 * back should its bytes return. It always comes before it leaves, so that the albums together never count less while
 * another device sends something: on that rests what their counts tell (decision 0010). What is to be done is what the
 * ledger and the vault say at that moment; that it is done is written down afterwards, so that a kill only has it done
 * once more.
 */
export class Tidier {
  readonly #context: Context;
  /** Of these something may be to be done. */
  readonly #noted = new Set<Fingerprint>();
  /** Items that have come to an album, and have still to leave another. */
  readonly #cameTo = new Map<MediaItemId, AlbumId>();
  /** Items that were to be moved when this device was stopped: a call may have been made already. */
  readonly #recalled = new Set<MediaItemId>();
  readonly #tries: Tries;

  constructor(context: Context) {
    this.#context = context;
    this.#tries = new Tries(context);
  }

  /** When there is something to tidy, on the clock's `elapsed`; `Infinity` where there is nothing. */
  get due(): number {
    return this.#noted.size === 0 ? Infinity : this.#tries.notBefore;
  }

  /** An item of these bytes has given way to a newer version, or they lie in the vault again as they did before. */
  note(fingerprint: Fingerprint): void {
    this.#noted.add(fingerprint);
    this.#context.beat();
  }

  /** Takes up what this device had still to take out when it was stopped. */
  recall(account: AccountKey): void {
    for (const { fp, id } of this.#context.ledger.toTakeOut(account)) {
      this.#recalled.add(id);
      this.note(fp);
    }
  }

  /** Does what can be done of one kind in one album with a few calls. */
  tidy(): Promise<void> {
    return this.#tries.run(async () => {
      const view = await this.#context.view();
      const chores = await this.#there(this.#next(view), view);
      await this.#claim(chores, view.account);
      await this.#move(chores, view);
      await this.#writeDown(chores, view.account);
    });
  }

  /** Chores that go together; fingerprints without any are forgotten. */
  #next(view: AccountView): readonly Chore[] {
    const chores: Chore[] = [];
    for (const fingerprint of this.#noted) {
      const all = this.#choresOf(fingerprint, view);
      if (all.length === 0) this.#noted.delete(fingerprint);
      const [first = all[0]] = chores;
      chores.push(...all.filter(({ to, from }) => to === first?.to && String(from) === String(first?.from)));
      if (chores.length >= MOST) break;
    }
    return chores.slice(0, MOST);
  }

  /** Leaves out what was to come back and is gone meanwhile: older versions lie in an album that a person may clear. */
  async #there(chores: readonly Chore[], { account, library }: AccountView): Promise<readonly Chore[]> {
    const context = this.#context;
    const back = chores.filter(
      ({ isBack, item: { at, origin } }) =>
        isBack && origin !== "preexisting" && isOldEnough(at, context.ports.clock.now()),
    );
    if (back.length === 0) return chores;
    const there = await library.get([...new Set(back.map(({ item: { id } }) => id))], context.signal);
    const gone = back.filter(({ item: { id } }) => !there.has(id));
    await context.write(
      account,
      gone.map(({ item: { fp, id } }) => ({ what: "removed", fp, id })),
    );
    context.replanAll(gone.map(({ item: { fp } }) => fp));
    return chores.filter((chore) => !gone.includes(chore));
  }

  /**
   * Writes down that what is to come back is this device's to take out: should its bytes go again before that it has come
   * is written down, it would stay in the album for good.
   */
  async #claim(chores: readonly Chore[], account: AccountKey): Promise<void> {
    const { ledger } = this.#context;
    const claimed = chores.filter(({ item: { fp, id }, isBack }) => {
      const record = ledger.record(account, fp);
      const own = record ? [...ledger.toTakeOut(account, [record])] : [];
      return isBack && !own.some((one) => one.id === id);
    });
    await this.#context.write(
      account,
      claimed.map(({ item: { fp, id } }) => ({ what: "superseded", fp, id })),
    );
  }

  #choresOf(fingerprint: Fingerprint, { account, albums }: AccountView): readonly Chore[] {
    const { catalogue, ledger } = this.#context;
    const record = ledger.record(account, fingerprint);
    if (record === undefined) return [];
    const [path] = catalogue.pathsOf(fingerprint);
    const back = record.item && record.isSuperseded ? record.told(record.item.id) : undefined;
    const items = path === undefined ? ledger.toTakeOut(account, [record]) : back === undefined ? [] : [back];
    return [...items].map((item) => this.#chore(item, path, albums.older));
  }

  /** @param path  where the bytes lie, if anywhere */
  #chore(item: LineOf<"item">, path: VaultPath | undefined, older: readonly AlbumId[]): Chore {
    const settings = this.#context.settings();
    const { album, origin } = item;
    const isBack = path !== undefined;
    const stays = { item, isBack, to: undefined, from: [] };
    // What the person had from elsewhere only they can move.
    if (album === undefined || origin === "preexisting") return stays;
    if (isBack) {
      const to = albumPurpose(path, settings);
      return to === undefined ? stays : { item, isBack, to, from: older };
    }
    if (older.includes(album)) return stays;
    return { item, isBack, to: settings.albums === "none" ? undefined : OLDER, from: [album] };
  }

  async #move(chores: readonly Chore[], view: AccountView): Promise<void> {
    const { to, from = [] } = chores[0] ?? {};
    if (to === undefined && from.length === 0) return;
    const ids = chores.map(({ item }) => item.id);
    // What comes back may never have left.
    const isSure = chores.every(({ item, isBack }) => !isBack && !this.#recalled.has(item.id));
    const album = await view.albums.withRoom(to, ids.length);
    if (album !== undefined) {
      const toCome = ids.filter((id) => this.#cameTo.get(id) !== album);
      await this.#change("addToAlbum", album, toCome, isSure, view);
    }
    const came = ids.filter((id) => album === undefined || this.#cameTo.get(id) === album);
    for (const one of from) await this.#change("removeFromAlbum", one, came, isSure, view);
  }

  /**
   * Puts items into an album, or takes them out; by halves where Google refuses some, so that one that cannot be moved
   * keeps no other. Throws `PhotosError`: `transient` where the album has to be made anew.
   *
   * @param isSure  each of them changes what the album counts: none has come or left before
   */
  async #change(
    how: "addToAlbum" | "removeFromAlbum",
    album: AlbumId,
    ids: readonly MediaItemId[],
    isSure: boolean,
    view: AccountView,
  ): Promise<void> {
    if (ids.length === 0) return;
    const { albums, library } = view;
    const { signal } = this.#context;
    const isAdd = how === "addToAlbum";
    try {
      await albums.counts.changing(album, async () => {
        await library[how](album, ids, signal);
        if (!isSure) return undefined;
        return isAdd ? ids.length : -ids.length;
      });
      if (isAdd) for (const id of ids) this.#cameTo.set(id, album);
    } catch (error) {
      if (!(error instanceof PhotosError) || !REFUSED.has(error.kind)) throw error;
      // Somebody else may have taken one out, and put something else in its place: the count tells nothing.
      if (!isAdd) albums.counts.forget(album);
      if (error.kind === "bad-album") {
        if (!isAdd || (await albums.find(album))) return;
        throw new PhotosError("transient");
      }
      if (ids.length === 1) return;
      const middle = Math.ceil(ids.length / 2);
      await this.#change(how, album, ids.slice(0, middle), isSure, view);
      await this.#change(how, album, ids.slice(middle), isSure, view);
    }
  }

  async #writeDown(chores: readonly Chore[], account: AccountKey): Promise<void> {
    const context = this.#context;
    // One may have gone meanwhile.
    const done = chores.filter(
      ({ item: { fp, id } }) => context.ledger.record(account, fp)?.endingOf(id)?.what === "superseded",
    );
    await context.write(
      account,
      done.map(({ item, isBack }) => {
        const { fp, id } = item;
        if (!isBack) return { what: "superseded", fp, id, out: true };
        // What has come to no album, since they are off by now, lies where it did.
        return { ...item, album: this.#cameTo.get(id) ?? item.album };
      }),
    );
    for (const { item } of chores) this.#cameTo.delete(item.id);
    context.replanAll(done.filter(({ isBack }) => isBack).map(({ item }) => item.fp));
  }
}
