import {
  imageKind,
  PhotosError,
  recipeKey,
  recipeOfMark,
  sameStamp,
  sentName,
  stemOf,
  WAITING,
  type FailReason,
  type Fingerprint,
  type KeptToken,
  type PreparedImage,
  type Recipe,
  type VaultPath,
} from "../model";
import type { AccountView } from "./account-view";
import type { ReadyItem } from "./batch";
import type { FoundImage } from "./catalogue";
import type { Context } from "./context";
import { itemOfSeen } from "./journal";
import { noteLookalike } from "./lookalike";
import type { Step } from "./plan";
import { planRead } from "./plan-read";
import { givenWay } from "./replaced";
import { FileLost, isStill, readSteadily, type Read } from "./steady-read";
import type { SentBytes, Ways } from "./ways";
import type { Rank } from "./work-list";

/** A file that changed while it was read is read again after this, in milliseconds. */
const CHANGING_PAUSE = 1_000;

/** A file that changed on so many reads in a row is given up for a while. */
const CHANGING_LIMIT = 10;

/** How long an image that failed while changing rests, in milliseconds. */
const CHANGING_REST = 600_000;

type SendStep = Extract<Step, { do: "send" }>;

/** Carries one image from its file to Google: read, fingerprint, look, prepare, upload. */
export class Sender {
  /** Bytes handed to Google since the run began. */
  #sent = 0;
  #toldSent = 0;

  constructor(
    private readonly context: Context,
    private readonly ways: Ways,
  ) {}

  /** Tells how much was sent in this run, where that has changed. */
  tellSent(): void {
    if (this.#sent === this.#toldSent) return;
    this.#toldSent = this.#sent;
    this.context.ports.tell({ type: "sent", bytes: this.#sent });
  }

  /** The run is over: counts anew from here on. */
  endRun(): void {
    this.#sent = this.#toldSent = 0;
  }

  /** Carries the image as far as it goes now. Whatever happens, it ends in a state or on the list again. */
  async carry(path: VaultPath, rank: Rank): Promise<void> {
    const { catalogue, index } = this.context;
    const found = catalogue.get(path);
    if (found === undefined) return;
    try {
      const view = await this.context.view();
      // What is known needs no reading, unless in the end the bytes must be sent.
      const known = index.known(path, found.image)?.fingerprint;
      if (known !== undefined && !(await this.#isToBeSent(found, known, rank, view))) return;
      // A first backup looks in any case: its first images are read meanwhile.
      const looked = known === undefined && view.isFirst ? view.look("upload") : undefined;
      looked?.catch(() => undefined);
      const read = await this.#read(found, rank);
      await looked;
      if (known !== undefined && read?.fingerprint !== known) this.context.conclude(known);
      if (read === undefined) return;
      const { fingerprint } = read;
      index.note(path, read.stamp, fingerprint, read.readAt);
      catalogue.identify(found, fingerprint);
      if (fingerprint !== known && !(await this.#isToBeSent(found, fingerprint, rank, view))) return;
      await this.#send(found, rank, view, read);
    } catch (error) {
      if (error instanceof FileLost) this.#keepsChanging(found, rank);
      else if (error instanceof PhotosError) this.#failed(found, rank, error);
      else throw error;
    }
  }

  /**
   * Whether the bytes of a fingerprint must be sent: it is under way then, and nobody else sends it. Everything short of
   * that is done here: nothing at all, linking an item that is there, settling an intent first, creating by a
   * kept token.
   */
  async #isToBeSent(
    found: FoundImage,
    fingerprint: Fingerprint,
    rank: Rank,
    view: AccountView,
  ): Promise<boolean> {
    const { underway, ledger } = this.context;
    const { path } = found.image;
    const step = this.#toSend(found, fingerprint, rank, view);
    if (step === undefined) return false;
    underway.add(fingerprint);
    try {
      // What this device did not see being made may have been made by another one.
      const { before } = this.context.index.last(path) ?? {};
      await view.look("upload", ledger.present(view.account, before));
      if (await this.adopt({ fingerprint, path }, view)) return false;
      const { account } = view;
      const intents = ledger.record(account, fingerprint)?.openIntents ?? [];
      // What was uploaded before, by this run or an earlier one.
      const kept = this.context.tokens.find(account, fingerprint, recipeKey(step.recipe));
      const item = kept && this.#item(found, rank, kept);
      if (intents.length > 0 && !this.ways.isCleared(fingerprint)) {
        this.ways.settleFirst({ account, fingerprint, path }, item);
        return false;
      }
      if (item === undefined) return true;
      this.#ready(item);
      return false;
    } catch (error) {
      this.#release(fingerprint, path);
      throw error;
    }
  }

  /** Prepares the bytes of a fingerprint that is under way, and sends them; a failed call gives it free again. */
  async #send(found: FoundImage, rank: Rank, view: AccountView, read: Read): Promise<void> {
    const { catalogue, index, signal } = this.context;
    const { path } = found.image;
    const { fingerprint, source } = read;
    catalogue.enter(path, { is: "uploading" });
    try {
      if (await noteLookalike(path, fingerprint, source, view, this.context)) {
        this.context.conclude(fingerprint);
        return;
      }
      // To look and to read took a while: the person may have chosen otherwise.
      const step = planRead(found, fingerprint, view.account, this.context);
      if (step.do !== "send" || !this.context.isWanted(path)) {
        this.#release(fingerprint, path);
        this.context.replan(path, rank);
        return;
      }
      const { recipe } = step;
      const prepared = await this.context.ports.pictures.prepare(found.image, source, recipe, signal);
      if ("skip" in prepared) {
        index.note(path, read.stamp, fingerprint, read.readAt, prepared.skip);
        this.context.conclude(fingerprint);
      } else {
        await this.#upload(found, rank, read, recipe, prepared.ready, view);
      }
    } catch (error) {
      this.#release(fingerprint, path);
      throw error;
    }
  }

  /** Nobody carries these bytes any more; other files that have them, or have them by a new name, must not wait. */
  #release(fingerprint: Fingerprint, carried: VaultPath): void {
    this.context.underway.delete(fingerprint);
    for (const path of this.context.catalogue.pathsOf(fingerprint)) {
      if (path !== carried) this.context.replan(path);
    }
  }

  /** The plan for known bytes, where it is to send them and nobody else does; any other plan is carried out here. */
  #toSend(found: FoundImage, fingerprint: Fingerprint, rank: Rank, view: AccountView): SendStep | undefined {
    const step = planRead(found, fingerprint, view.account, this.context);
    const { underway } = this.context;
    if (step.do === "send" && !underway.has(fingerprint)) return step;
    this.context.replan(found.image.path, rank);
    return undefined;
  }

  /** Links an item that a look has found, or another device's journal has brought. Answers whether there was one. */
  async adopt({ fingerprint, path, recipe }: SentBytes, view: AccountView): Promise<boolean> {
    const { ledger } = this.context;
    if (ledger.record(view.account, fingerprint)?.item !== undefined) {
      this.context.conclude(fingerprint);
      return true;
    }
    const seen = ledger.seen(view.account, fingerprint);
    if (seen === undefined) return false;
    // The name tells the quality; whether a date was written only an intent could tell.
    const guess = recipeOfMark(seen.mark, this.context.settings().dates);
    const place = this.context.catalogue.placeOf(fingerprint, path);
    const item = itemOfSeen(fingerprint, seen, recipe ?? guess);
    // Whoever made it may have been stopped before the older version gave way to it.
    const replaced = givenWay(this.context.index.last(path)?.before, view.account, this.context);
    await this.context.write(view.account, [
      ...replaced,
      { ...item, ...place },
      // Among the older versions it counts as one of them, until it has come back from there.
      ...(seen.older === true
        ? [{ what: "superseded", fp: fingerprint, id: seen.id, out: true } as const]
        : []),
    ]);
    this.context.conclude(fingerprint);
    return true;
  }

  /** Reads the file, where it can be read now; anything else is told or put off. */
  async #read(found: FoundImage, rank: Rank): Promise<Read | undefined> {
    const { ports, catalogue, signal } = this.context;
    const { path } = found.image;
    const stamp = await ports.vault.stamp(path);
    if (stamp === undefined) {
      // Gone, which is told on its own, unless nobody watches: a drive that was taken away.
      this.#keepsChanging(found, rank);
      return undefined;
    }
    if (!sameStamp(stamp, found.image)) catalogue.put({ ...found.image, ...stamp });
    const read = await readSteadily(path, stamp, ports, signal);
    if (typeof read === "object") return read;
    if (read === "unreadable") catalogue.enter(path, { is: "skipped", because: "unreadable" });
    else this.#keepsChanging(found, rank);
    return undefined;
  }

  #keepsChanging(found: FoundImage, rank: Rank): void {
    found.attempts += 1;
    if (found.attempts < CHANGING_LIMIT) {
      this.#putOff(found, rank, CHANGING_PAUSE);
    } else {
      found.attempts = 0;
      this.#putOff(found, rank, CHANGING_REST, "changing");
    }
  }

  async #upload(
    found: FoundImage,
    rank: Rank,
    { fingerprint, stamp }: Read,
    recipe: Recipe,
    prepared: PreparedImage,
    view: AccountView,
  ): Promise<void> {
    const { holds, lanes, ports, signal, tokens, retries } = this.context;
    const { path } = found.image;
    const { hash, huge, captured } = prepared;
    const bytes = prepared.source.size;
    const onSent = this.#progress(path, bytes);
    const token = await lanes.run(rank, async () => {
      // What came up while this image waited for its lane.
      if (holds.blocking !== undefined) return undefined;
      return view.library.upload(prepared.source, prepared.type, { signal, onSent });
    });
    if (token === undefined) {
      this.#release(fingerprint, path);
      this.context.replan(path, rank);
      return;
    }
    // A video is read from disk while it is sent: only of one that did not change meanwhile is known what was sent.
    if (imageKind(path) === "video" && !(await isStill(path, stamp, ports.vault))) throw new FileLost();
    retries.good();
    onSent(bytes);
    const kept = {
      account: view.account,
      fingerprint,
      recipe: recipeKey(recipe),
      token,
      at: ports.clock.now(),
      hash,
      name: sentName(stemOf(path), fingerprint, recipe.quality, prepared.extension),
      bytes,
      huge,
    };
    tokens.keep(kept);
    this.#ready({ ...this.#item(found, rank, kept), captured });
  }

  /** Takes how many bytes of one image Google holds by now, and tells of it. */
  #progress(path: VaultPath, bytes: number): (held: number) => void {
    const { catalogue, together } = this.context;
    let counted = 0;
    return (held) => {
      if (held === counted) return;
      this.#sent += held - counted;
      counted = held;
      together.note();
      if (held < bytes) catalogue.enter(path, { is: "uploading", percent: Math.floor((100 * held) / bytes) });
    };
  }

  #item({ image: { path } }: FoundImage, rank: Rank, kept: KeptToken): ReadyItem {
    return {
      ...kept,
      path,
      pasted: rank === 0,
      since: this.context.ports.clock.elapsed(),
      notBefore: 0,
      attempt: 1,
      group: 0,
      replaces: this.context.index.last(path)?.before,
    };
  }

  #ready(item: ReadyItem): void {
    this.context.catalogue.enter(item.path, { is: "uploading" });
    this.ways.ready(item);
  }

  /**
   * To be taken up again in so many milliseconds, unless automatic backup was turned off meanwhile.
   *
   * @param failed  why it has failed for now; else it waits
   */
  #putOff({ image: { path } }: FoundImage, rank: Rank, ms: number, failed?: FailReason): void {
    const { catalogue, list, ports } = this.context;
    const { clock } = ports;
    const retryAt = clock.now() + ms;
    catalogue.enter(path, failed === undefined ? WAITING : { is: "failed", because: failed, retryAt });
    if (this.context.isWanted(path)) list.add(path, rank, ms === 0 ? undefined : clock.elapsed() + ms);
  }

  #failed(found: FoundImage, rank: Rank, error: PhotosError): void {
    found.attempts += 1;
    const retry = this.context.retries.failed(error, found.attempts);
    switch (retry.do) {
      case "wait":
        this.#putOff(found, rank, retry.ms);
        return;
      case "hold":
        found.attempts = 0;
        this.#putOff(found, rank, 0);
        return;
      case "give-up":
        this.#putOff(found, rank, retry.ms, retry.because);
    }
  }
}
