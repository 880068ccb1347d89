import {
  imageKind,
  PhotosError,
  recipeKey,
  sameStamp,
  sentName,
  stemOf,
  WAITING,
  type Fingerprint,
  type KeptToken,
  type Recipe,
  type SkipReason,
  type VaultImage,
  type VaultPath,
} from "../../model";
import type { AccountView } from "../account/account-view";
import { noteLookalike } from "../account/lookalike";
import { givenWay } from "../account/replaced";
import type { Context } from "../context";
import type { FoundImage } from "../planning/catalogue";
import { isLookedFor } from "../planning/plan";
import { planRead } from "../planning/plan-read";
import { checkStill, FileLost, ImageBroken, readSteadily, type Read } from "../planning/steady-read";
import { LEFT_ELSEWHERE } from "../planning/triage";
import { adopt } from "./adopt";
import type { ReadyItem } from "./batch";
import type { Rest } from "./retry";

/** An image that changes while it is on its way is read again after this, in milliseconds. */
const CHANGING_PAUSE = 1_000;

/** A file that changed on so many reads in a row is given up for a while. */
const CHANGING_LIMIT = 10;

/** How long an image that failed while changing rests. */
const CHANGING_REST: Rest = { ms: 600_000, because: "changing" };

/**
 * An image that could not be read, or at which something of ours has broken, is tried again after this, in milliseconds, then
 * after six times as long, and so on: another program may hold it for a moment, or a cloud be slow to bring it down.
 */
const BROKEN_PAUSE = 10_000;

/** So often in all. */
const BROKEN_LIMIT = 4;

/** A long upload that is held looks this often whether it may go on, in milliseconds. */
const HELD_PAUSE = 10_000;

/** Ends an upload of what is not wanted any more. */
class LetGo extends Error {}

/** What is read already is prepared before others of its rank are read. */
const IS_READ = 0.5;

/** Carries one image from its file to Google: read, fingerprint, look, prepare, upload. */
export class Sender {
  readonly #context: Context;
  /** How many long uploads wait for a hold to end. */
  held = 0;
  /** Bytes handed to Google since the run began. */
  sent = 0;

  constructor(context: Context) {
    this.#context = context;
  }

  /** Carries the image as far as it goes now. Whatever happens, it ends in a state or on the list again. */
  async carry(path: VaultPath): Promise<void> {
    const { catalogue, index, ports, signal, underway } = this.#context;
    const found = catalogue.get(path);
    if (found === undefined) return;
    /** The bytes that are carried here, so that nobody else sends them. */
    let carried: Fingerprint | undefined;
    /** The file as it is carried. */
    let { image } = found;
    try {
      const view = await this.#context.view();
      /** Whether the bytes must be uploaded: everything short of that is done here. */
      const isToUpload = async (fingerprint: Fingerprint): Promise<boolean> => {
        const step = planRead(found, fingerprint, view.account, this.#context);
        if (step.do !== "send" || underway.has(fingerprint)) {
          // The bytes are safe already, and take the place of what lay here.
          if (step.do === "nothing" && fingerprint !== last) {
            const older = givenWay(index.last(path)?.before, view.account, this.#context);
            // A restored copy and its original stand for one item.
            await this.#context.write(
              view.account,
              older.filter(({ id }) => id !== step.item.id),
            );
          }
          this.#context.replan(path);
          return false;
        }
        carried = fingerprint;
        underway.add(fingerprint);
        return !(await this.#isKnown(path, fingerprint, step.recipe, view));
      };
      const last = index.last(path)?.fingerprint;
      // What is known needs no reading, unless in the end the bytes must be sent.
      const known = index.known(path, found.image)?.fingerprint;
      if (known !== undefined && !(await isToUpload(known))) return;
      const read = await this.#inTurn(path, () => readSteadily(path, ports, signal));
      const { fingerprint, stamp } = read;
      if (!sameStamp(stamp, found.image)) {
        // A change that was told meanwhile may be a later one.
        if (!sameStamp(image, found.image)) throw new FileLost();
        catalogue.put({ ...image, ...stamp });
      }
      image = found.image;
      this.#note(path, read, view);
      catalogue.identify(found, fingerprint);
      if (fingerprint !== known) {
        if (known !== undefined) this.#context.conclude(known);
        if (!(await isToUpload(fingerprint))) return;
      }
      await this.#send(found, read, view);
    } catch (error) {
      if (carried !== undefined) this.#context.conclude(carried);
      this.#putOff(found, image, error);
    }
  }

  /**
   * Notes what was read. What never was backed up has taken no place: the version before it is still to give way. Of a
   * create of unknown outcome an item may come: its intent tells of the version before it.
   */
  #note(
    path: VaultPath,
    { stamp, fingerprint, readAt }: Read,
    { account }: AccountView,
    skip?: SkipReason,
  ): void {
    const { index, ledger } = this.#context;
    const last = index.last(path);
    const record = last && last.fingerprint !== fingerprint && ledger.record(account, last.fingerprint);
    const isNext = record && (record.item ?? record.openIntents[0]);
    index.note(path, stamp, fingerprint, readAt, isNext ? last.fingerprint : last?.before, skip);
  }

  /** What comes of an image that could not be carried. Any other error is no image's own, and is thrown again. */
  #putOff(found: FoundImage, image: VaultImage, error: unknown): void {
    const { catalogue, holds, list, ports, retries, signal } = this.#context;
    const { path } = image;
    const now = catalogue.get(path)?.image;
    /** What has changed meanwhile is planned by what it is now. */
    const isSame = now !== undefined && sameStamp(now, image);
    const again = (rest: Rest): void => {
      if (isSame) this.#context.replan(path, rest);
    };
    const attempts = (found.attempts += 1);
    if (error instanceof PhotosError) {
      const retry = retries.failed(error, attempts);
      // What fails because all is held is no trouble of this image.
      if (holds.blocking !== undefined) found.attempts = 0;
      again(retry);
    } else if (error instanceof FileLost) {
      const isGivenUp = attempts >= CHANGING_LIMIT;
      if (isGivenUp) found.attempts = 0;
      again(isGivenUp ? CHANGING_REST : { ms: CHANGING_PAUSE });
    } else if (error instanceof ImageBroken && !signal.aborted) {
      const { cause } = error;
      if (cause !== undefined) ports.fault(cause);
      if (attempts < BROKEN_LIMIT) {
        again({ ms: BROKEN_PAUSE * 6 ** (attempts - 1) });
      } else if (isSame) {
        // It would be so at every start: it is left, and the others go on.
        list.remove(path);
        catalogue.enter(path, { is: "skipped", because: "unreadable" });
      }
    } else throw error;
  }

  /**
   * Whether bytes that are to be sent need no upload now: an item is there and linked, one may still come of an earlier
   * create, or a token is kept by which an item can be made.
   */
  async #isKnown(
    path: VaultPath,
    fingerprint: Fingerprint,
    recipe: Recipe,
    view: AccountView,
  ): Promise<boolean> {
    const { doubts, index, ledger, ports, tokens } = this.#context;
    const { account } = view;
    const doubt = doubts.about(account, fingerprint);
    // What this device did not see being made may have been made by another one.
    const { before } = index.last(path) ?? {};
    const replaced = ledger.present(account, before);
    const key = recipeKey(recipe);
    // What was uploaded before, by this run or an earlier one.
    const kept = tokens.find(account, fingerprint, key);
    // What has come meanwhile another device may have sent since it came.
    const hasCome = this.#context.catalogue.get(path)?.hasCome === true;
    const lookSince = hasCome ? ports.clock.elapsed() - LEFT_ELSEWHERE : undefined;
    // By the same token Google makes no second item; bytes that would be prepared anew are looked for everywhere.
    const isAll = doubt?.isOver === true && kept === undefined;
    await view.look("upload", { replaced, since: doubt?.lookSince ?? lookSince, isAll });
    if (await adopt({ fingerprint, path, recipe: doubt && key }, account, this.#context)) return true;
    const item = kept && this.#item(path, kept);
    if (doubt !== undefined && !(item === undefined ? doubt.isOver : doubt.mayRepeat)) {
      this.#context.conclude(fingerprint, { ms: doubt.rest });
      return true;
    }
    if (item === undefined) return false;
    this.#context.ready(doubt === undefined ? item : { ...item, doubt: true });
    return true;
  }

  /** Prepares bytes and uploads them. */
  async #send(found: FoundImage, read: Read, view: AccountView): Promise<void> {
    const { catalogue, holds, lanes, list, ports, retries, signal, tokens } = this.#context;
    const { path } = found.image;
    const { fingerprint, source, stamp } = read;
    // The file may have got other bytes while somebody looked.
    if (found.fingerprint !== fingerprint) {
      this.#context.conclude(fingerprint);
      return;
    }
    catalogue.enter(path, { is: "uploading" });
    const isAsked = await noteLookalike(path, fingerprint, source, view, this.#context);
    // To look and to read took a while: the person may have chosen otherwise.
    const step = planRead(found, fingerprint, view.account, this.#context);
    if (isAsked || step.do !== "send" || !this.#context.isWanted(path)) {
      this.#context.conclude(fingerprint);
      return;
    }
    const { recipe } = step;
    const prepared = await this.#inTurn(
      path,
      () => ports.pictures.prepare(found.image, source, recipe, signal),
      IS_READ,
    );
    if ("skip" in prepared) {
      this.#note(path, read, view, prepared.skip);
      this.#context.conclude(fingerprint);
      return;
    }
    const { source: copy, type, extension, hash, huge, captured } = prepared.ready;
    const bytes = copy.size;
    const tell = this.#progress(found, fingerprint, bytes);
    const onSent = async (held: number): Promise<void> => {
      tell(held);
      if (held < bytes) await this.#mayGoOn(fingerprint, view);
    };
    const token = await lanes.run(list.rankOf(path), async () => {
      // What came up while this image waited for its lane.
      if (holds.blocking !== undefined || !this.#isStillWanted(fingerprint, view)) return undefined;
      return view.library.upload(copy, type, { signal, onSent }).catch((error: unknown) => {
        if (!(error instanceof LetGo)) throw error;
      });
    });
    if (token === undefined) {
      this.#context.conclude(fingerprint);
      return;
    }
    // A video is read from disk while it is sent: only of one that did not change meanwhile is known what was sent.
    if (imageKind(path) === "video") await checkStill(path, stamp, ports.vault);
    retries.good();
    tell(bytes);
    const kept = {
      account: view.account,
      fingerprint,
      recipe: recipeKey(recipe),
      token,
      at: ports.clock.now(),
      hash,
      name: sentName(stemOf(path), fingerprint, recipe.quality, extension),
      captured,
      bytes,
      huge,
    };
    tokens.keep(kept);
    this.#context.ready(this.#item(path, kept));
  }

  /** Whether bytes on their way are to be sent: the person may choose otherwise meanwhile, or delete the file. */
  #isStillWanted(fingerprint: Fingerprint, { account }: AccountView): boolean {
    const context = this.#context;
    if (context.account() !== account) return false;
    return context.catalogue.pathsOf(fingerprint).some((path) => {
      const found = context.catalogue.get(path);
      if (!found || !context.isWanted(path) || !isLookedFor(path, context.settings())) return false;
      return planRead(found, fingerprint, account, context).do === "send";
    });
  }

  /** Has a long upload wait while all is held, and let go of what is not wanted any more. */
  async #mayGoOn(fingerprint: Fingerprint, view: AccountView): Promise<void> {
    const { catalogue, holds, ports, signal } = this.#context;
    for (;;) {
      if (!this.#isStillWanted(fingerprint, view)) throw new LetGo();
      if (holds.blocking === undefined) return;
      for (const path of catalogue.pathsOf(fingerprint)) catalogue.enter(path, WAITING);
      this.held += 1;
      this.#context.beat();
      await ports.clock.sleep(HELD_PAUSE, signal).finally(() => (this.held -= 1));
    }
  }

  /**
   * Reads or prepares an image in its turn. A video is read in slices and takes long: other videos alone wait for it.
   *
   * @param before  so much it goes before others of its rank, less than one
   */
  #inTurn<Answer>(path: VaultPath, work: () => Promise<Answer>, before = 0): Promise<Answer> {
    const { list, readers, videoReaders } = this.#context;
    const turns = imageKind(path) === "video" ? videoReaders : readers;
    return turns.run(list.rankOf(path) - before, work);
  }

  /** Takes how many bytes of one image Google holds by now, and tells of it. */
  #progress(found: FoundImage, fingerprint: Fingerprint, bytes: number): (held: number) => void {
    const { catalogue, together } = this.#context;
    let counted = 0;
    return (held) => {
      if (held === counted) return;
      this.sent += held - counted;
      counted = held;
      together.note();
      if (held < bytes && found.fingerprint === fingerprint)
        catalogue.enterFound(found, { is: "uploading", percent: Math.floor((100 * held) / bytes) });
    };
  }

  #item(path: VaultPath, kept: KeptToken): ReadyItem {
    return {
      ...kept,
      path,
      pasted: this.#context.list.fresh.has(path),
      hasCome: this.#context.catalogue.get(path)?.hasCome,
      since: this.#context.ports.clock.elapsed(),
      replaces: this.#context.index.last(path)?.before,
    };
  }
}
