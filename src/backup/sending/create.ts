import {
  markOf,
  markOfName,
  mayBeDone,
  orError,
  PhotosError,
  type AlbumId,
  type CreateResult,
  type Fingerprint,
  type MediaItemId,
} from "../../model";
import type { AccountView } from "../account/account-view";
import { albumPurpose } from "../account/album-purpose";
import { givenWay } from "../account/replaced";
import type { Context } from "../context";
import { writtenUrl } from "../ledger/journal";
import { adopt } from "./adopt";
import { batchDue, FULL_BATCH, nextBatch, type ReadyItem } from "./batch";
import type { Rest } from "./retry";
import { asItLies, named, newMediaItem } from "./to-be-made";
import { Tries } from "./tries";

/** After so many creates in a row that failed nothing is sent for so long, in milliseconds. */
const MOST_IN_A_ROW = 5;
const BREAK = 900_000;

/** An uploaded item, and what Google answered to its create. */
interface Answered {
  readonly item: ReadyItem;
  readonly result: CreateResult;
}

/** Makes media items of uploaded bytes: in batches, one call at a time, each written down before and after. */
export class Creator {
  readonly #context: Context;
  readonly #items = new Map<Fingerprint, ReadyItem>();
  readonly #tries: Tries;
  /** So many at a time; fewer where one of them spoils the call, until that one is found. */
  #most = FULL_BATCH;

  constructor(context: Context) {
    this.#context = context;
    this.#tries = new Tries(context);
  }

  get size(): number {
    return this.#items.size;
  }

  add(item: ReadyItem): void {
    this.#items.set(item.fingerprint, item);
    this.#tell(item);
    this.#context.beat();
  }

  /** Says that an item is on its way, where its file has not got other bytes since. */
  #tell({ fingerprint, path }: ReadyItem): void {
    const { catalogue } = this.#context;
    const found = catalogue.get(path);
    if (found?.fingerprint === fingerprint) catalogue.enterFound(found, { is: "uploading" });
  }

  /** When the next batch is due, on the clock's `elapsed`; `Infinity` where there is none. */
  due(moreToCome: boolean): number {
    return Math.max(this.#tries.notBefore, batchDue([...this.#items.values()], this.#most, moreToCome));
  }

  /** Sends the next batch. Whatever happens, each of its items is made, in doubt or waiting again. */
  async sendNext(): Promise<void> {
    // By the settings of now: they may be others than when the bytes were uploaded, and change while this is sent.
    const settings = this.#context.settings();
    const purposeOf = ({ path }: ReadyItem): string | undefined => albumPurpose(path, settings);
    const items = [...this.#items.values()].map((item) => asItLies(item, this.#context) ?? item);
    const chosen = nextBatch(items, this.#most, purposeOf);
    // Under a hold they were told to wait.
    for (const item of chosen) this.#tell(item);
    const error = await orError(this.#send(chosen, purposeOf));
    if (!(error instanceof PhotosError)) return;
    // Some may have been linked or let go before.
    const left = chosen.filter(({ fingerprint }) => this.#items.has(fingerprint));
    this.#putOff(left, error);
  }

  /** Throws the `PhotosError` of what has to be asked before the create. */
  async #send(
    chosen: readonly ReadyItem[],
    purposeOf: (item: ReadyItem) => string | undefined,
  ): Promise<void> {
    const view = await this.#context.view();
    // What was moved meanwhile may belong into another album by now.
    const items = nextBatch(await this.#stillToMake(chosen, view), FULL_BATCH, purposeOf);
    const [first] = items;
    if (first === undefined) return;
    const album = await view.albums.withRoom(purposeOf(first), items.length);
    const batch = items.map((item) => named(item, this.#context));
    // On disk before anything is made: after a kill it still tells a changed image from a new one.
    await this.#context.index.save();
    await this.#context.write(
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
    const make = (): Promise<number> => this.#make(batch, album, view);
    const error = await orError(view.albums.counts.changing(album, make, 0));
    if (error instanceof PhotosError) await this.#notMade(batch, error, album, view);
  }

  /**
   * Leaves out what needs no create any more: tokens that are too old, what another device has made meanwhile, and what
   * is not to be sent any more, or not like this. The token of bytes that wait is kept, should they be wanted again.
   */
  async #stillToMake(chosen: readonly ReadyItem[], view: AccountView): Promise<readonly ReadyItem[]> {
    // What a sync tool has brought another device may have sent since the last look.
    const since = Math.max(...chosen.map((item) => (item.hasCome ? item.since : -Infinity)));
    const { ledger } = this.#context;
    const replaced = chosen.flatMap(({ replaces }) => ledger.present(view.account, replaces));
    await view.look("create", { replaced, since });
    const batch: ReadyItem[] = [];
    for (const one of chosen) {
      const isGood = one.account === view.account && this.#context.tokens.isGood(one.at);
      const item = isGood && asItLies(one, this.#context);
      if (!item) this.#letGo(one);
      else if (await adopt(item, view.account, this.#context)) this.#items.delete(item.fingerprint);
      else batch.push(item);
    }
    return batch;
  }

  /** There is an item of these bytes, or none is made for now; then their token is kept, and spares another upload. */
  #letGo({ fingerprint }: ReadyItem, rest?: Rest): void {
    this.#items.delete(fingerprint);
    this.#context.conclude(fingerprint, rest);
  }

  /** Asks Google for the items, and writes down what came of it. Answers by how many the album has grown at most. */
  async #make(batch: readonly ReadyItem[], album: AlbumId | undefined, view: AccountView): Promise<number> {
    const { catalogue, ledger, signal } = this.#context;
    const asked = batch.map((item) => newMediaItem(item, this.#context));
    const results = await view.library.create(asked, { signal, album });
    const pairs = batch.map((item, place) => ({ item, result: results[place] ?? { is: "again" as const } }));
    // What the person had from elsewhere may have been in the album, unseen, since another device put it there.
    const added = pairs.filter(
      ({ item, result }) =>
        result.is === "created" && isOurs(result, item) && !ledger.knows(view.account, result.item.id),
    ).length;
    const hidden = await this.#stayedHidden(pairs, view);
    const made = pairs.filter(({ result }) => result.is === "created" && !hidden.has(result.item.id));
    await this.#context.write(view.account, [
      // First: a kill may tear the write, and once the new ones are told of, nothing else tells that these gave way.
      ...made.flatMap(({ item }) => givenWay(item.replaces, view.account, this.#context)),
      ...pairs.flatMap(({ item, result }): Parameters<Context["write"]>[1] => {
        const about = { fp: item.fingerprint, recipe: item.recipe };
        if (result.is === "not-an-image") return [{ what: "refused", ...about }];
        // Whether it came about is not said.
        if (result.is === "again") return [];
        if (result.is !== "created") return dropped(item);
        const { id } = result.item;
        const told = {
          what: "item",
          ...about,
          id,
          url: writtenUrl(result.item),
          // For bytes that the user already had, Google answers the item that is there, under its own name.
          origin: isOurs(result, item) ? "created" : "preexisting",
          album,
          bytes: item.bytes,
          hash: item.hash,
          huge: item.huge,
          ...catalogue.placeOf(item.fingerprint, item.path),
        } as const;
        if (!hidden.has(id)) return [told];
        // One that only a look had found is told of first: what no line tells of cannot be removed.
        const known = ledger.known(view.account, item.fingerprint)?.told(id);
        return [
          known ? { what: "dropped", ...about } : told,
          { what: "removed", fp: item.fingerprint, id, bin: true },
        ];
      }),
    ]);
    this.#answered(pairs);
    return added;
  }

  #answered(pairs: readonly Answered[]): void {
    const itemsThat = (...are: readonly CreateResult["is"][]): readonly ReadyItem[] =>
      pairs.filter(({ result }) => are.includes(result.is)).map(({ item }) => item);
    const done = itemsThat("created", "not-an-image");
    this.#context.tokens.forget(done);
    for (const item of done) this.#letGo(item);
    const again = itemsThat("again");
    for (const item of again) this.#items.set(item.fingerprint, { ...item, doubt: true });
    if (again.length < pairs.length) this.#tries.worked();
    this.#putOff(itemsThat("refused"), new PhotosError("bad-item"));
    // A double within one call is refused there, and fine in the next.
    this.#putOff(again, new PhotosError("transient", { status: 500 }));
    this.#most = Math.min(FULL_BATCH, 2 * this.#most);
  }

  /**
   * Items that were gone, and of which a create said that it made them, while they stay invisible: they lie in Google's
   * bin (fact sheet §4.4). Where that cannot be asked it is taken for so; the next check tells better.
   */
  async #stayedHidden(pairs: readonly Answered[], view: AccountView): Promise<ReadonlySet<MediaItemId>> {
    const { ledger, signal } = this.#context;
    const gone = pairs.flatMap(({ item, result }) => {
      // What the person had from elsewhere no client sees.
      const isGone =
        result.is === "created" &&
        isOurs(result, item) &&
        ledger.hasGone(view.account, item.fingerprint, result.item.id);
      return isGone ? [result.item.id] : [];
    });
    if (gone.length === 0) return new Set();
    const there = await orError(view.library.get(gone, signal));
    return new Set(there instanceof PhotosError ? gone : gone.filter((id) => !there.has(id)));
  }

  async #notMade(
    batch: readonly ReadyItem[],
    error: PhotosError,
    album: AlbumId | undefined,
    view: AccountView,
  ): Promise<void> {
    const isUnknown = mayBeDone(error);
    if (!isUnknown) await this.#context.write(view.account, batch.flatMap(dropped));
    if (error.kind === "bad-album" && album) await view.albums.find(album);
    const isOfOne = ["bad-token", "bad-item", "permanent"].includes(error.kind);
    const isOneOfMany = batch.length > 1 && (isOfOne || isUnknown);
    // The one that spoils a call is found by halving, so that the others lose nothing.
    if (isOneOfMany) this.#most = Math.ceil(batch.length / 2);
    if (isOneOfMany && isOfOne) return;
    if (error.kind === "bad-token") {
      for (const item of batch) this.#uploadAgain(item, error);
    } else {
      this.#putOff(batch, error, isUnknown);
    }
  }

  /** Google does not take a token. Each image is tried as often as any: tokens that are too old are so many at a time. */
  #uploadAgain(item: ReadyItem, error: PhotosError): void {
    const { catalogue, retries, tokens } = this.#context;
    const found = catalogue.get(item.path);
    tokens.forget([item]);
    this.#letGo(item, found && retries.failed(error, (found.attempts += 1)));
  }

  /** Nothing was made of these, as far as is known, and they are tried again. */
  #putOff(items: readonly ReadyItem[], error: PhotosError, isUnknown = false): void {
    if (items.length === 0) return;
    const retry = this.#tries.failed(error);
    const { holds, list, ports } = this.#context;
    // What can still be halved is not given up: one of many may have spoiled it.
    const isGivenUp = retry.because !== undefined && !(isUnknown && items.length > 1);
    // Where nothing works it is not up to these: to try all of them, one after another, would take up the day's requests.
    if (isGivenUp && this.#tries.failures >= MOST_IN_A_ROW && this.#items.size + list.ready > 1)
      holds.raise({ why: "rate-limit", until: ports.clock.now() + BREAK });
    // Each of these rests by itself; others may fare better.
    if (isGivenUp) this.#tries.notBefore = 0;
    for (const item of items) {
      if (isGivenUp) {
        this.#letGo(item, retry);
      } else if (isUnknown) {
        const { doubts } = this.#context;
        const { account, fingerprint } = item;
        if (error.kind === "transient") doubts.noteAnswered(account, fingerprint);
        this.#letGo(item, { ms: doubts.about(account, fingerprint)?.rest ?? 0 });
      }
    }
  }
}

/**
 * The line by which an intent did not come about. What is in doubt stays an open intent: a refusal says nothing of the
 * create before it.
 */
function dropped({ doubt, fingerprint: fp, recipe }: ReadyItem) {
  return doubt === undefined ? [{ what: "dropped", fp, recipe } as const] : [];
}

/** Whether an answered item was made from here, in whichever quality: for bytes that are there Google answers that item. */
function isOurs(result: Extract<CreateResult, { is: "created" }>, { fingerprint }: ReadyItem): boolean {
  return markOfName(result.item.name)?.startsWith(markOf(fingerprint)) === true;
}
