import {
  markOfName,
  PhotosError,
  type AlbumId,
  type CreateResult,
  type Fingerprint,
  type MediaItemId,
} from "../model";
import { adopt } from "./adopt";
import type { AccountView } from "./account-view";
import { albumPurpose } from "./album-purpose";
import { batchDue, markOf, nextBatch, type ReadyItem } from "./batch";
import type { Context } from "./context";
import { writtenUrl } from "./journal";
import { givenWay } from "./replaced";
import type { Rest } from "./retry";
import { isToBeMade, named, newMediaItem } from "./to-be-made";

/** An image of which Google would not make an item rests for an hour: to ask again costs no upload. */
const REFUSED: Rest = { ms: 3_600_000, because: "refused" };

/** What became of a batch, and by how many items its album has grown. */
interface Made {
  readonly pairs: readonly { readonly item: ReadyItem; readonly result: CreateResult }[];
  readonly added: number;
}

/** Makes media items of uploaded bytes: in batches, one call at a time, each written down before and after. */
export class Creator {
  readonly #items = new Map<Fingerprint, ReadyItem>();
  #groups = 0;

  constructor(private readonly context: Context) {}

  get size(): number {
    return this.#items.size;
  }

  add(item: ReadyItem): void {
    this.#items.set(item.fingerprint, item);
    this.#tell(item);
    this.context.beat();
  }

  /** Says that an item is on its way, where its file has not got other bytes since. */
  #tell({ fingerprint, path }: ReadyItem): void {
    const { catalogue } = this.context;
    const found = catalogue.get(path);
    if (found?.fingerprint === fingerprint) catalogue.enterFound(found, { is: "uploading" });
  }

  /** When the next batch is due, on the clock's `elapsed`; `Infinity` where there is none. */
  due(moreToCome: boolean): number {
    return batchDue([...this.#items.values()], moreToCome);
  }

  /** Sends the next batch. Whatever happens, each of its items is settled, unsettled or waiting again. */
  async sendNext(): Promise<void> {
    // By the settings of now: they may be others than when the bytes were uploaded, and change while this is sent.
    const settings = this.context.settings();
    const purposeOf = ({ path }: ReadyItem): string | undefined => albumPurpose(path, settings);
    const now = this.context.ports.clock.elapsed();
    const chosen = nextBatch([...this.#items.values()], now, purposeOf);
    // Under a hold they were told to wait.
    for (const item of chosen) this.#tell(item);
    try {
      const view = await this.context.view();
      const batch = await this.#stillToMake(chosen, view);
      const [first] = batch;
      if (first === undefined) return;
      const album = await view.albums.withRoom(purposeOf(first), batch.length);
      await this.#create(
        batch.map((item) => named(item, this.context)),
        album,
        view,
      );
    } catch (error) {
      if (!(error instanceof PhotosError)) throw error;
      // Some may have been linked or let go before.
      this.#postpone(
        chosen.filter(({ fingerprint }) => this.#items.has(fingerprint)),
        error,
      );
    }
  }

  /**
   * Leaves out what needs no create any more: tokens that are too old, what another device has made meanwhile, and what
   * is not to be sent any more, or not like this. The token of bytes that wait is kept, should they be wanted again.
   */
  async #stillToMake(chosen: readonly ReadyItem[], view: AccountView): Promise<readonly ReadyItem[]> {
    // What has just come into the vault a sync tool may have brought, from a device that is sending it as well.
    const since = Math.max(...chosen.map((item) => (item.pasted ? item.since : -Infinity)));
    const { ledger } = this.context;
    const replaced = chosen.flatMap(({ replaces }) => ledger.present(view.account, replaces));
    await view.look("create", replaced, since);
    const batch: ReadyItem[] = [];
    for (const item of chosen) {
      if (item.account !== view.account || !isToBeMade(item, this.context)) this.#letGo(item);
      else if (!this.context.tokens.isGood(item.at)) this.#uploadAgain(item);
      else if (await adopt(item, view.account, this.context)) this.#items.delete(item.fingerprint);
      else batch.push(item);
    }
    return batch;
  }

  #uploadAgain(item: ReadyItem): void {
    this.context.tokens.forget([item]);
    if (item.doubt === undefined) {
      this.#letGo(item);
    } else {
      this.#items.delete(item.fingerprint);
      this.context.settleFirst(item, undefined, false, item.doubt);
    }
  }

  /** There is an item of these bytes, or none is made for now; then their token is kept, and spares another upload. */
  #letGo({ fingerprint }: ReadyItem, rest?: Rest): void {
    this.#items.delete(fingerprint);
    this.context.conclude(fingerprint, rest);
  }

  async #create(batch: readonly ReadyItem[], album: AlbumId | undefined, view: AccountView): Promise<void> {
    const { index, signal } = this.context;
    // On disk before anything is made: after a kill it still tells a changed image from a new one.
    await index.save();
    await this.context.write(
      view.account,
      batch.map((item) => ({
        what: "intent",
        fp: item.fingerprint,
        recipe: item.recipe,
        hash: item.hash,
        name: item.name,
        captured: item.captured,
        replaces: item.replaces,
      })),
    );
    let made: Made;
    try {
      const make = async (): Promise<Made> => {
        const results = await view.library.create(
          batch.map((item) => newMediaItem(item, this.context)),
          { signal, album },
        );
        return this.#writeDown(batch, results, album, view);
      };
      made =
        album === undefined
          ? await make()
          : await view.albums.counts.changing(album, make, ({ added }) => added);
    } catch (error) {
      if (!(error instanceof PhotosError)) throw error;
      await this.#notCreated(batch, error, album, view);
      return;
    }
    this.context.retries.good();
    this.#created(made);
  }

  async #writeDown(
    batch: readonly ReadyItem[],
    results: readonly CreateResult[],
    album: AlbumId | undefined,
    view: AccountView,
  ): Promise<Made> {
    const { catalogue, ledger } = this.context;
    const pairs = batch.map((item, place) => ({ item, result: results[place] ?? { is: "again" as const } }));
    // What the person had from elsewhere may have been in the album, unseen, since another device put it there.
    const added = pairs.filter(
      ({ item, result }) =>
        result.is === "created" && isOurs(result, item) && !ledger.knows(view.account, result.item.id),
    ).length;
    const hidden = await this.#stayedHidden(pairs, view);
    const made = pairs.filter(({ result }) => result.is === "created" && !hidden.has(result.item.id));
    await this.context.write(view.account, [
      // First: a kill may tear the write, and once the new ones are told of, nothing else tells that these gave way.
      ...made.flatMap(({ item }) => givenWay(item.replaces, view.account, this.context)),
      ...pairs.flatMap(({ item, result }): Parameters<Context["write"]>[1] => {
        const about = { fp: item.fingerprint, recipe: item.recipe };
        if (result.is === "not-an-image") return [{ what: "refused", ...about }];
        if (result.is !== "created") return item.doubt === undefined ? [{ what: "dropped", ...about }] : [];
        if (hidden.has(result.item.id)) {
          return [
            { what: "dropped", ...about },
            { what: "removed", fp: item.fingerprint, id: result.item.id, bin: true },
          ];
        }
        return [
          {
            what: "item",
            ...about,
            id: result.item.id,
            url: writtenUrl(result.item),
            // For bytes that the user already had, Google answers the item that is there, under its own name.
            origin: isOurs(result, item) ? "created" : "preexisting",
            album,
            bytes: item.bytes,
            hash: item.hash,
            huge: item.huge,
            ...catalogue.placeOf(item.fingerprint, item.path),
          },
        ];
      }),
    ]);
    return { pairs, added };
  }

  #created({ pairs }: Made): void {
    for (const { item, result } of pairs) {
      // A double within one call is refused there, and fine in the next.
      if (result.is === "again")
        this.#postpone([{ ...item, group: ++this.#groups }], new PhotosError("transient", { status: 500 }));
      else if (result.is === "refused") this.#letGo(item, REFUSED);
    }
    const done = pairs.filter(({ result }) => result.is === "created" || result.is === "not-an-image");
    this.context.tokens.forget(done.map(({ item }) => item));
    for (const { item } of done) this.#letGo(item);
  }

  /**
   * Items that were gone, and of which a create said that it made them, while they stay invisible: they lie in Google's
   * bin (fact sheet §4.4). Where that cannot be asked it is taken for so; the next check tells better.
   */
  async #stayedHidden(pairs: Made["pairs"], view: AccountView): Promise<ReadonlySet<MediaItemId>> {
    const { ledger, signal } = this.context;
    const gone = pairs.flatMap(({ item, result }) => {
      const record = ledger.record(view.account, item.fingerprint);
      return result.is === "created" && record?.endingOf(result.item.id) ? [result.item.id] : [];
    });
    if (gone.length === 0) return new Set();
    try {
      const there = await view.library.get(gone, signal);
      return new Set(gone.filter((id) => !there.has(id)));
    } catch (error) {
      if (!(error instanceof PhotosError)) throw error;
      return new Set(gone);
    }
  }

  async #notCreated(
    batch: readonly ReadyItem[],
    error: PhotosError,
    album: AlbumId | undefined,
    view: AccountView,
  ): Promise<void> {
    if (error.kind === "outcome-unknown" || error.kind === "transient") {
      for (const item of batch) {
        this.#items.delete(item.fingerprint);
        this.context.settleFirst(item, item, error.kind === "transient");
      }
      return;
    }
    await this.context.write(
      view.account,
      // What is in doubt stays an open intent: this refusal says nothing of the create before it.
      batch
        .filter(({ doubt }) => doubt === undefined)
        .map((item) => ({ what: "dropped", fp: item.fingerprint, recipe: item.recipe })),
    );
    if (error.kind === "bad-album" && album !== undefined) await view.albums.gone(album);
    const isOfOne = ["bad-token", "bad-item", "permanent"].includes(error.kind);
    if (!isOfOne) this.#postpone(batch, error);
    else if (batch.length > 1) this.#split(batch);
    else if (error.kind === "bad-token") batch.forEach((item) => this.#uploadAgain(item));
    else batch.forEach((item) => this.#letGo(item, REFUSED));
  }

  /** Finds the one that spoils a call by halving, so that the others lose nothing. */
  #split(batch: readonly ReadyItem[]): void {
    const middle = Math.ceil(batch.length / 2);
    const first = ++this.#groups;
    const second = ++this.#groups;
    batch.forEach((item, place) => {
      this.#items.set(item.fingerprint, { ...item, group: place < middle ? first : second });
    });
  }

  /** Nothing was made of these, and they are tried again. */
  #postpone(batch: readonly ReadyItem[], error: PhotosError): void {
    const attempt = Math.max(1, ...batch.map((item) => item.attempt));
    const retry = this.context.retries.failed(error, attempt);
    const now = this.context.ports.clock.elapsed();
    const again = {
      attempt: retry.hold === undefined ? attempt + 1 : 1,
      notBefore: retry.ms === 0 ? 0 : now + retry.ms,
    };
    for (const item of batch) {
      if (retry.because === undefined) this.#items.set(item.fingerprint, { ...item, ...again });
      else this.#letGo(item, retry);
    }
  }
}

/** Whether an answered item carries the name that we asked for, and is not one that was there before. */
function isOurs(result: Extract<CreateResult, { is: "created" }>, item: ReadyItem): boolean {
  return markOfName(result.item.name) === markOf(item);
}
