import {
  folderOf,
  nameMark,
  PhotosError,
  recipeFrom,
  recipeKey,
  sameStamp,
  sentName,
  stemOf,
  WAITING,
  type AccountKey,
  type BackupSettings,
  type ByteSource,
  type FileStamp,
  type Fingerprint,
  type PreparedImage,
  type Recipe,
  type RecipeKey,
  type VaultPath,
} from "../model";
import type { AccountView } from "./account-view";
import type { ReadyItem } from "./batch";
import type { FoundImage } from "./catalogue";
import type { Context } from "./context";
import type { Intent } from "./ledger-record";
import { planImage, type Step } from "./plan";
import type { Rank } from "./work-list";

/** A file that changed while it was read is read again after this, in milliseconds. */
const CHANGING_PAUSE = 1_000;

/** A file that changed on so many reads in a row is given up for a while. */
const CHANGING_LIMIT = 10;

/** How long an image that failed while changing rests, in milliseconds. */
const CHANGING_REST = 600_000;

/** Bytes for which intents of unknown outcome stand. */
export interface Standing {
  readonly account: AccountKey;
  readonly fingerprint: Fingerprint;
  readonly path: VaultPath;
  readonly intents: readonly Intent[];
  /** What can be created again by the same token, where there is one. */
  readonly item: ReadyItem | undefined;
}

/** Where a read image's way ends for now. */
export interface Ways {
  /** Google holds the bytes: an item is to be made of them. */
  ready(item: ReadyItem): void;
  /** An intent of unknown outcome stands for these bytes: it has to be settled first. */
  settleFirst(stands: Standing): void;
  /** Whether the intents for these bytes are known by now not to have come about. */
  isCleared(fingerprint: Fingerprint): boolean;
}

type SendStep = Extract<Step, { do: "send" }>;

/** Carries one image from its file to Google: read, fingerprint, look, prepare, upload. */
export class Sender {
  /** Bytes handed to Google since the run began. */
  sent = 0;

  constructor(
    private readonly context: Context,
    private readonly ways: Ways,
  ) {}

  /** Carries the image as far as it goes now. Whatever happens, it ends in a state or on the list again. */
  async carry(path: VaultPath, rank: Rank): Promise<void> {
    const found = this.context.catalogue.get(path);
    if (found === undefined) return;
    try {
      const view = await this.context.view();
      if (!(await this.#withoutReading(found, rank, view))) await this.#byReading(found, rank, view);
    } catch (error) {
      if (!(error instanceof PhotosError)) throw error;
      this.#failed(found, rank, error);
    }
  }

  /** What can be done where the index knows the file: nothing at all, or a kept token. Answers whether that was it. */
  async #withoutReading(found: FoundImage, rank: Rank, view: AccountView): Promise<boolean> {
    const known = this.context.index.known(found.image.path, found.image);
    if (known === undefined) return false;
    const step = this.#toSend(found, known.fingerprint, rank, view);
    if (step === undefined) return true;
    const item = this.#keptItem(found, rank, view, step);
    if (item === undefined) return false;
    await this.#underway(found, step.fingerprint, view, { changed: false, item }, () => Promise.resolve());
    return true;
  }

  async #byReading(found: FoundImage, rank: Rank, view: AccountView): Promise<void> {
    const { index, catalogue } = this.context;
    const { path } = found.image;
    const read = await this.#read(found, rank);
    if (read === undefined) return;
    const { fingerprint, source } = read;
    const before = index.last(path)?.fingerprint;
    index.note(path, read.stamp, fingerprint, read.readAt);
    catalogue.identify(path, fingerprint);
    const step = this.#toSend(found, fingerprint, rank, view);
    if (step === undefined) return;
    const changed = before !== undefined && before !== fingerprint;
    const item = this.#keptItem(found, rank, view, step);
    await this.#underway(found, fingerprint, view, { changed, item }, async () => {
      catalogue.enter(path, { is: "uploading" });
      const { pictures } = this.context.ports;
      const prepared = await pictures.prepare(found.image, source, step.recipe, this.context.signal);
      if ("skip" in prepared) {
        index.note(path, read.stamp, fingerprint, read.readAt, prepared.skip);
        this.context.conclude(fingerprint);
      } else {
        await this.#upload(found, rank, fingerprint, step.recipe, prepared.ready, view);
      }
    });
  }

  /** The plan for known bytes, where it is to send them and nobody else does; any other plan is carried out here. */
  #toSend(found: FoundImage, fingerprint: Fingerprint, rank: Rank, view: AccountView): SendStep | undefined {
    const { index, ledger, underway } = this.context;
    const record = ledger.record(view.account, fingerprint);
    const skip = index.known(found.image.path, found.image)?.skip;
    const step = planImage(
      found.image,
      { fingerprint, ...(record ? { record } : {}), ...(skip ? { skip } : {}) },
      this.context.settings(),
    );
    if (step.do === "send" && !underway.has(fingerprint)) return step;
    this.context.replan(found.image.path, rank);
    return undefined;
  }

  /** What can be created of bytes that were uploaded before, by this run or an earlier one. */
  #keptItem(found: FoundImage, rank: Rank, view: AccountView, step: SendStep): ReadyItem | undefined {
    const key = recipeKey(step.recipe);
    const kept = this.context.tokens.find(view.account, step.fingerprint, key);
    if (kept === undefined) return undefined;
    const { token, at: tokenAt, hash, bytes, name } = kept;
    return this.#item(found, rank, view, step.fingerprint, key, { token, tokenAt, hash, bytes, name });
  }

  /**
   * Holds the fingerprint for this image while it is looked for and created by its kept token, or else sent. A failed
   * call gives it free again.
   */
  async #underway(
    found: FoundImage,
    fingerprint: Fingerprint,
    view: AccountView,
    { changed, item }: { readonly changed: boolean; readonly item: ReadyItem | undefined },
    send: () => Promise<void>,
  ): Promise<void> {
    const { underway, ledger } = this.context;
    underway.add(fingerprint);
    try {
      // What this device did not see being made may have been made by another one.
      await view.look(changed ? "list" : "count", this.context.signal);
      if (await this.adopt(fingerprint, found.image.path, view)) return;
      const intents = ledger.record(view.account, fingerprint)?.openIntents ?? [];
      if (intents.length > 0 && !this.ways.isCleared(fingerprint)) {
        this.ways.settleFirst({ account: view.account, fingerprint, path: found.image.path, intents, item });
      } else if (item !== undefined) {
        this.#ready(item);
      } else {
        await send();
      }
    } catch (error) {
      underway.delete(fingerprint);
      throw error;
    }
  }

  /** Links an item that the look has found. Answers whether there was one. */
  async adopt(
    fingerprint: Fingerprint,
    path: VaultPath,
    view: AccountView,
    recipe?: RecipeKey,
  ): Promise<boolean> {
    const there = view.find(fingerprint);
    if (there === undefined) return false;
    await this.context.write(view.account, [
      {
        what: "item",
        fp: fingerprint,
        // The name tells the quality; whether a date was written only an intent could tell.
        recipe: recipe ?? recipeKey({ quality: there.quality, dated: this.context.settings().dates }),
        id: there.item.id,
        url: there.item.url,
        origin: "found",
        path,
      },
    ]);
    this.context.conclude(fingerprint);
    return true;
  }

  /** Reads the file once, with size and time checked before and after. */
  async #read(
    found: FoundImage,
    rank: Rank,
  ): Promise<{ source: ByteSource; fingerprint: Fingerprint; stamp: FileStamp; readAt: number } | undefined> {
    const { ports, catalogue, signal } = this.context;
    const { path } = found.image;
    const before = await ports.vault.stamp(path);
    if (before === undefined) return undefined; // gone; its deletion is told on its own
    if (!sameStamp(before, found.image)) catalogue.put({ ...found.image, ...before });
    const readAt = ports.clock.now();
    let source: ByteSource;
    let fingerprint: Fingerprint;
    try {
      source = await ports.vault.open(path);
      fingerprint = await ports.pictures.fingerprint(source, signal);
    } catch {
      signal.throwIfAborted();
      catalogue.enter(path, { is: "skipped", because: "unreadable" });
      return undefined;
    }
    const after = await ports.vault.stamp(path);
    if (after !== undefined && sameStamp(after, before))
      return { source, fingerprint, stamp: before, readAt };
    this.#keepsChanging(found, rank);
    return undefined;
  }

  #keepsChanging(found: FoundImage, rank: Rank): void {
    const { catalogue, list, ports } = this.context;
    const { path } = found.image;
    found.attempts += 1;
    const { clock } = ports;
    if (found.attempts < CHANGING_LIMIT) {
      catalogue.enter(path, WAITING);
      list.add(path, rank, clock.elapsed() + CHANGING_PAUSE);
    } else {
      found.attempts = 0;
      catalogue.enter(path, { is: "failed", because: "changing", retryAt: clock.now() + CHANGING_REST });
      list.add(path, rank, clock.elapsed() + CHANGING_REST);
    }
  }

  async #upload(
    found: FoundImage,
    rank: Rank,
    fingerprint: Fingerprint,
    recipe: Recipe,
    prepared: PreparedImage,
    view: AccountView,
  ): Promise<void> {
    const { ports, signal, tokens, retries } = this.context;
    const bytes = prepared.source.size;
    const token = await ports.library.upload(prepared.source, prepared.type, { signal });
    retries.good();
    this.sent += bytes;
    ports.tell({ type: "sent", bytes: this.sent });
    const tokenAt = ports.clock.now();
    const key = recipeKey(recipe);
    const name = sentName(stemOf(found.image.path), fingerprint, recipe.quality, prepared.extension);
    await tokens.keep({
      account: view.account,
      fingerprint,
      recipe: key,
      token,
      at: tokenAt,
      hash: prepared.hash,
      name,
      bytes,
    });
    const captured = prepared.captured === undefined ? {} : { captured: prepared.captured };
    this.#ready(
      this.#item(found, rank, view, fingerprint, key, {
        token,
        tokenAt,
        hash: prepared.hash,
        bytes,
        name,
        ...captured,
      }),
    );
  }

  #item(
    found: FoundImage,
    rank: Rank,
    view: AccountView,
    fingerprint: Fingerprint,
    recipe: RecipeKey,
    sent: Pick<ReadyItem, "token" | "tokenAt" | "hash" | "bytes" | "name" | "captured">,
  ): ReadyItem {
    return {
      ...sent,
      account: view.account,
      fingerprint,
      path: found.image.path,
      recipe,
      purpose: albumPurpose(found.image.path, this.context.settings()),
      pasted: rank === 0,
      since: this.context.ports.clock.elapsed(),
      notBefore: 0,
      attempt: 1,
      group: 0,
    };
  }

  #ready(item: ReadyItem): void {
    this.context.catalogue.enter(item.path, { is: "uploading" });
    this.ways.ready(item);
  }

  #failed(found: FoundImage, rank: Rank, error: PhotosError): void {
    const { catalogue, list, retries } = this.context;
    const { clock } = this.context.ports;
    const { path } = found.image;
    found.attempts += 1;
    const retry = retries.failed(error, found.attempts);
    switch (retry.do) {
      case "wait":
        catalogue.enter(path, WAITING);
        list.add(path, rank, clock.elapsed() + retry.ms);
        return;
      case "hold":
        found.attempts = 0;
        catalogue.enter(path, WAITING);
        list.add(path, rank);
        return;
      case "give-up":
        catalogue.enter(path, { is: "failed", because: retry.because, retryAt: clock.now() + retry.ms });
        list.add(path, rank, clock.elapsed() + retry.ms);
    }
  }
}

/** What the album of an image is for: `""` the vault's, else a folder's; `undefined` where there is none. */
export function albumPurpose(path: VaultPath, settings: BackupSettings): string | undefined {
  switch (settings.albums) {
    case "none":
      return undefined;
    case "vault":
      return "";
    case "folders":
      return folderOf(path);
  }
}

/** The mark that an item made by this recipe carries. */
export function markOf(item: { readonly fingerprint: Fingerprint; readonly recipe: RecipeKey }): string {
  return nameMark(item.fingerprint, recipeFrom(item.recipe).quality);
}
