import {
  recipeFrom,
  sameStamp,
  WAITING,
  type DeviceMemory,
  type FileStamp,
  type Fingerprint,
  type ImageState,
  type MediaItem,
  type VaultChange,
  type VaultImage,
  type VaultPath,
} from "../../model";
import type { Context } from "../context";
import type { IndexEntry } from "../disposable/packed-entries";
import type { Rest } from "../sending/retry";
import type { FoundImage } from "./catalogue";
import { isLookedFor, planImage, type Knowledge } from "./plan";
import type { Told } from "./told";

/** A new image is sent once its size and time have been still for this long, in milliseconds. */
const QUIET = 500;

/** An image that was backed up and changes is sent anew once it has been quiet for this long, in milliseconds. */
const QUIET_CHANGED = 600_000;

/**
 * A file whose time is further than this from now when it comes was made elsewhere, in milliseconds: tools that carry files
 * from device to device keep their times.
 */
const MADE_HERE = 3_000;

/** Such a file another device is sending already, mostly: it is left to that one for so long, in milliseconds. */
export const LEFT_ELSEWHERE = 300_000;

/** Where the device keeps that backup by itself is off here. */
const OFF_KEY = "off";

/** Whether backup by itself is off on this device alone. */
export function isOffHere(memory: DeviceMemory): boolean {
  return memory.get(OFF_KEY) === true;
}

export function turnOffHere(memory: DeviceMemory, off: boolean): void {
  memory.set(OFF_KEY, off);
}

/** A paste is never one of so many: they are not kept from going together. */
const MOST_FRESH = 50;

/** Decides, by plan, which images want work and when; every trigger ends here. */
export class Triage {
  readonly #returned: (fingerprint: Fingerprint) => void;
  readonly #told: Told;
  readonly #context: Context;
  #wasAutomatic = false;
  /** What has changed while the vault is being looked through, which then knows better. */
  #followed: Set<VaultPath> | undefined;
  #looked: Promise<void> = Promise.resolve();

  constructor(
    context: Context,
    /** The bytes of an older version lie in the vault again. */
    returned: (fingerprint: Fingerprint) => void,
    told: Told,
    /** Images that somebody asked for: they are sent though automatic backup is off. */
    readonly asked: Set<VaultPath>,
  ) {
    this.#returned = returned;
    this.#told = told;
    this.#context = context;
  }

  /** Whether images are sent without being asked for, on this device. */
  get isAutomatic(): boolean {
    return this.#context.settings().automatic && !isOffHere(this.#context.ports.memory);
  }

  /** Whether an image may be sent: by itself, or because somebody asked. */
  isWanted(path: VaultPath): boolean {
    return this.isAutomatic || this.asked.has(path);
  }

  /**
   * Looks through the whole vault and plans every image, in slices. Nothing is read. Resolves when all are planned; a
   * look that begins meanwhile takes the place of this one.
   *
   * @param images  every image of the vault, where what has changed since they were listed is yet to be followed
   */
  planAll(images: Iterable<VaultImage> = this.#context.ports.vault.images()): Promise<void> {
    // Who turns the backup off wants nothing more to be sent, not even what was asked for before.
    if (this.#wasAutomatic && !this.isAutomatic) this.asked.clear();
    this.#wasAutomatic = this.isAutomatic;
    const followed = (this.#followed = new Set());
    return (this.#looked = this.#lookThrough(images, followed));
  }

  /** Whether images are planned by what is not known any more. */
  get isLooking(): boolean {
    return this.#followed !== undefined;
  }

  async #lookThrough(images: Iterable<VaultImage>, followed: ReadonlySet<VaultPath>): Promise<void> {
    const { catalogue, list, ports, signal, settings } = this.#context;
    await this.#told.refresh();
    if (this.#followed !== followed) return this.#looked;
    for (const image of images) {
      const pause = ports.clock.breath();
      if (pause !== undefined) {
        await pause;
        if (signal.aborted) return;
        if (this.#followed !== followed) return this.#looked;
      }
      const { path } = image;
      if (followed.has(path)) continue;
      // What has waited until all is planned anew has not just come any more.
      if (list.has(path)) list.fresh.delete(path);
      if (isLookedFor(path, settings())) this.#plan(catalogue.put(image));
      else catalogue.remove(path);
    }
    this.#followed = undefined;
    this.#context.beat();
  }

  /** Somebody asks for an image: it waits for nothing, is tried anew, and is sent though automatic backup is off. */
  ask(path: VaultPath): void {
    const { catalogue, list } = this.#context;
    const found = catalogue.get(path);
    if (found === undefined) return;
    found.attempts = 0;
    this.asked.add(path);
    list.remove(path);
    if (isLeft(found.state, true)) catalogue.enterFound(found, WAITING);
    this.#plan(found);
  }

  /** Plans one image by all that is known without reading it, and puts it on the list where it wants work. */
  plan(path: VaultPath, rest?: Rest): void {
    const found = this.#context.catalogue.get(path);
    if (found !== undefined) this.#plan(found, rest);
  }

  #plan(found: FoundImage, rest?: Rest): void {
    const { catalogue, index, list, ports, underway } = this.#context;
    const { path } = found.image;
    const entry = index.known(path, found.image) ?? this.#justRead(found);
    const fingerprint = entry?.fingerprint;
    const record = this.#recordOf(fingerprint);
    // One text for both: 50,000 of them weigh something.
    if (fingerprint !== undefined) catalogue.identify(found, record?.fingerprint ?? fingerprint);
    const known = { fingerprint, skip: entry?.skip, record };
    const step = planImage(found.image, known, this.#context.settings(), ports.limits.isPhone);
    // What was asked for is done, or cannot be; a later version of the file is another matter.
    if (step.do !== "fingerprint" && step.do !== "send") {
      this.asked.delete(path);
      list.fresh.delete(path);
      list.remove(path);
    }
    switch (step.do) {
      case "nothing":
        found.attempts = 0;
        catalogue.enterFound(found, this.#backedUp(found, step.item, record));
        if (record?.isSuperseded === true) this.#returned(record.fingerprint);
        return;
      case "ask":
        catalogue.enterFound(found, { is: "removed", ...step.removal });
        return;
      case "skip": {
        const skipped = { is: "skipped", because: step.because } as const;
        // What a phone leaves a computer may have sent.
        const state =
          step.because === "too-large-phone" ? this.#toldOr(skipped, found, fingerprint) : skipped;
        catalogue.enterFound(found, state);
        return;
      }
      case "fingerprint":
      case "send":
        if (fingerprint !== undefined && underway.has(fingerprint)) {
          // On its way, by this path or by another file with the same bytes: its outcome plans it anew.
          if (found.state.is !== "uploading") catalogue.enterFound(found, WAITING);
          return;
        }
        if (rest === undefined && isLeft(found.state, list.has(path))) return;
        catalogue.enterFound(found, this.#failed(rest) ?? this.#toldOr(WAITING, found, fingerprint));
        if (this.isWanted(path)) list.add(path, this.#notBefore(found, rest));
        else list.remove(path);
        this.#context.beat();
    }
  }

  /**
   * When an image may be sent that is planned anew: what waits goes on waiting, also where somebody asked for it before,
   * or two files of the same bytes would try them again and again; and a backed-up image that changed while nobody watched
   * has to be quiet as well, by its own time, unless somebody asks for it.
   */
  #notBefore({ image }: FoundImage, wanted?: Rest): number | undefined {
    const { list, index, ports } = this.#context;
    if (wanted !== undefined) return ports.clock.elapsed() + wanted.ms;
    const due = list.dueOf(image.path);
    if (due !== undefined || this.asked.has(image.path)) return due;
    const last = index.last(image.path);
    if (last === undefined || sameStamp(last, image) || !this.#wasBackedUp(image.path)) return undefined;
    const rest = QUIET_CHANGED - Math.max(0, ports.clock.now() - image.mtime);
    return rest > 0 ? ports.clock.elapsed() + rest : undefined;
  }

  /** An image that failed says when it is tried again. */
  #failed({ ms, because }: Rest = { ms: 0 }): ImageState | undefined {
    return because && { is: "failed", because, retryAt: this.#context.ports.clock.now() + ms };
  }

  /** The state of an image that is not read; but for one that others tell of, where that is all there is. */
  #toldOr(otherwise: ImageState, { image }: FoundImage, fingerprint: Fingerprint | undefined): ImageState {
    const item = fingerprint === undefined ? this.#told.itemOf(image) : undefined;
    return item === undefined ? otherwise : { is: "backed-up", item };
  }

  #backedUp({ image }: FoundImage, item: MediaItem, record: Knowledge["record"]): ImageState {
    const account = this.#context.account();
    const doubles = record && account ? this.#context.ledger.doubles(account, record).length : 0;
    const saved = savedBy(item, image);
    // Nearly always there is neither: 50,000 of these weigh something.
    if (doubles === 0 && saved === undefined) return { is: "backed-up", item };
    return { is: "backed-up", item, doubles: doubles || undefined, saved };
  }

  /**
   * What this session has read itself, though the file's time is not older than its reading: a time that lies in the
   * future must not have the file read for ever.
   */
  #justRead({ image, fingerprint }: FoundImage): IndexEntry | undefined {
    const last = this.#context.index.last(image.path);
    return last && last.fingerprint === fingerprint && sameStamp(last, image) ? last : undefined;
  }

  /** Nobody carries a fingerprint's bytes any more: every file that has them is planned anew. */
  conclude(fingerprint: Fingerprint, rest?: Rest): void {
    this.#context.underway.delete(fingerprint);
    for (const path of this.#context.catalogue.pathsOf(fingerprint)) this.plan(path, rest);
    this.#context.beat();
  }

  /** Follows a change in the vault. */
  follow(change: VaultChange): void {
    const { catalogue, index, list, ports } = this.#context;
    switch (change.type) {
      case "created":
      case "changed": {
        if (!isLookedFor(change.image.path, this.#context.settings())) return;
        const { path } = change.image;
        const before = catalogue.get(path);
        // The same size and time tell nothing where the time is not older than the last reading.
        const unchanged = before !== undefined && sameStamp(before.image, change.image);
        if (unchanged && index.known(path, change.image) !== undefined) return;
        const wasSafe = this.#wasBackedUp(path);
        const isOfHere = Math.abs(ports.clock.now() - change.image.mtime) < MADE_HERE;
        this.#followed?.add(path);
        this.#leave(path);
        const found = catalogue.put(change.image);
        found.attempts = 0;
        found.hasCome = true;
        if (list.fresh.size < MOST_FRESH) list.fresh.add(path);
        this.plan(path, { ms: (wasSafe ? QUIET_CHANGED : QUIET) + (isOfHere ? 0 : LEFT_ELSEWHERE) });
        return;
      }
      case "renamed": {
        const wasAsked = this.asked.has(change.from);
        const wasFresh = list.fresh.has(change.from);
        const hasCome = catalogue.get(change.from)?.hasCome;
        index.move(change.from, change.image.path);
        this.#remove(change.from);
        if (!isLookedFor(change.image.path, this.#context.settings())) return;
        if (wasAsked) this.asked.add(change.image.path);
        if (wasFresh) list.fresh.add(change.image.path);
        this.#followed?.add(change.image.path);
        catalogue.put(change.image).hasCome = hasCome;
        this.plan(change.image.path);
        return;
      }
      case "deleted":
        this.#noteLastPath(change.path);
        index.forget(change.path);
        this.#remove(change.path);
    }
  }

  /** Whether what lies at a path was ever backed up, as far as is known: a second change in a row must not hide the first. */
  #wasBackedUp(path: VaultPath): boolean {
    const last = this.#context.index.last(path);
    return [last?.fingerprint, last?.before].some((fp) => this.#recordOf(fp)?.item !== undefined);
  }

  /** What the ledger says of a fingerprint in the account in use, where both are known. */
  #recordOf(fingerprint: Fingerprint | undefined): Knowledge["record"] {
    const account = this.#context.account();
    return account && fingerprint ? this.#context.ledger.known(account, fingerprint) : undefined;
  }

  /** What was renamed since it was backed up is looked for, should a note miss it, where it lay last. */
  #noteLastPath(path: VaultPath): void {
    const fp = this.#context.index.last(path)?.fingerprint;
    const account = this.#context.account();
    const record = fp && account ? this.#context.ledger.record(account, fp) : undefined;
    const told = record?.item && record.told(record.item.id);
    if (account === undefined || told === undefined || record?.path === path) return;
    this.#context.watched(() => this.#context.write(account, [{ ...told, path }]));
  }

  #remove(path: VaultPath): void {
    const { catalogue, list } = this.#context;
    this.#followed?.add(path);
    this.asked.delete(path);
    list.fresh.delete(path);
    this.#leave(path);
    catalogue.remove(path);
    list.remove(path);
  }

  /** The path holds other bytes now, or none: files with the same bytes as before must not wait for it. */
  #leave(path: VaultPath): void {
    const { catalogue, list, underway } = this.#context;
    const found = catalogue.get(path);
    if (found?.fingerprint === undefined) return;
    const { fingerprint } = found;
    catalogue.identify(found, undefined);
    if (!list.has(path) && !underway.has(fingerprint)) return;
    for (const other of catalogue.pathsOf(fingerprint)) this.plan(other);
  }
}

/** By how much the copy that was sent is smaller than the file, where Storage saver made it and its size is known. */
function savedBy(item: MediaItem, { size }: FileStamp): number | undefined {
  if (recipeFrom(item.recipe).quality !== "storage-saver") return undefined;
  const { bytes } = item;
  return bytes === undefined ? undefined : size - bytes;
}

/** Whether an image stays as it is until its time comes, its file changes or somebody asks: it has failed, or cannot be read. */
export function isLeft(state: ImageState, hasTime: boolean): boolean {
  return state.is === "failed" ? hasTime : state.is === "skipped" && state.because === "unreadable";
}
