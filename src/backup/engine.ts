import {
  imageKind,
  type BackupCommands,
  type Hold,
  type Scope,
  type VaultChange,
  type VaultImage,
  type VaultPath,
} from "../model";
import type { Absent } from "./absent";
import type { BackupPorts, Context } from "./context";
import { openParts, type Conductor, type Parts } from "./parts";
import { Pulse, soonest } from "./pulse";
import { Recovery } from "./recovery";
import { estimateSaving } from "./saving-estimate";
import { pathsWithin } from "./scope";
import { isOffHere, turnOffHere, type Triage } from "./triage";

/** An image that changes while it is on its way is taken up again this much later, in milliseconds. */
const BUSY_PAUSE = 500;

/** The index is saved once so many images have been carried. */
const SAVE_EVERY = 200;

/**
 * Conducts the backup of one vault on one device: finds what is to be done, does it within the limits and holds, and
 * tells what becomes of each image. Knows Obsidian and Google only through its ports.
 */
export class BackupEngine implements BackupCommands {
  readonly #ports: BackupPorts;
  readonly #stop = new AbortController();
  readonly #pulse: Pulse;
  /** Images on their way to Google, with the memory they take. */
  readonly #carried = new Map<VaultPath, number>();
  /** What people do with the account as the second truth. */
  readonly recovery = new Recovery(
    () =>
      this.#looked && this.#parts ? { ...this.#parts, account: this.#parts.session.account } : undefined,
    (paths) => this.backUp({ of: "images", paths }),
  );
  #parts: Parts | undefined;
  /** Whether the vault has been looked through: until then, all that is backed up would seem to be absent. */
  #looked = false;
  #told: Hold | undefined;
  #blocked = false;
  #running = false;
  #settling = false;
  /** Whether a call that makes or orders items is on its way: one at a time for an account. */
  #creating = false;
  #unsaved = 0;

  constructor(ports: BackupPorts) {
    this.#ports = ports;
    this.#pulse = new Pulse(ports.clock);
  }

  /**
   * Looks through the vault, then backs up until it is stopped. Resolves when it has been stopped; rejects where
   * something of ours is broken or the plugin's own files cannot be read.
   */
  async run(): Promise<void> {
    const { signal } = this.#stop;
    const { vault } = this.#ports;
    // The vault is listed while what is known is read. What changes meanwhile is followed after that.
    const early: VaultChange[] = [];
    let follow = (change: VaultChange): void => void early.push(change);
    const endWatch = vault.watch((change) => follow(change));
    const [parts, images] = await Promise.all([
      openParts(this.#ports, this.#conductor()),
      this.#list(),
    ]).catch((error: unknown) => {
      endWatch();
      throw error;
    });
    this.#parts = parts;
    follow = (change) => parts.triage.follow(change);
    const ends = [
      endWatch,
      this.#ports.settings.watch(() => this.#planAll(parts.triage)),
      this.#ports.conditions.watch(() => this.#pulse.beat()),
    ];
    try {
      const looked = parts.triage.planAll(images);
      for (const change of early) follow(change);
      await looked;
      signal.throwIfAborted();
      parts.context.catalogue.flush();
      this.#tellHold(parts);
      this.#looked = true;
      this.#ports.tell({ type: "looked-through" });
      void this.#watched(() => parts.context.ledger.keep());
      await this.#ports.lock.hold(
        signal,
        () => this.#conduct(parts),
        () => {
          parts.context.holds.raise({ why: "other-window" });
          this.#tellHold(parts);
        },
      );
    } catch (error) {
      if (!signal.aborted) throw error;
      if (!(signal.reason instanceof Stopped)) throw signal.reason;
    } finally {
      for (const end of ends) end();
      await parts.context.index.save();
    }
  }

  /** Ends everything; what is under way is settled by the next start. */
  stop(): void {
    this.#stop.abort(new Stopped());
  }

  backUp(scope: Scope): void {
    this.resume();
    this.#ask(scope, () => true);
  }

  tryAgain(scope: Scope): void {
    this.#ask(scope, (path) => {
      const state = this.#parts?.context.catalogue.get(path)?.state;
      return state?.is === "failed" || (state?.is === "skipped" && state.because === "unreadable");
    });
  }

  pause(until?: number): void {
    this.#parts?.context.holds.raise({ why: "paused", ...(until === undefined ? {} : { until }) });
    this.#pulse.beat();
  }

  get offHere(): boolean {
    return isOffHere(this.#ports.memory);
  }

  setOffHere(off: boolean): void {
    turnOffHere(this.#ports.memory, off);
    if (this.#parts !== undefined) this.#planAll(this.#parts.triage);
  }

  resume(): void {
    for (const why of ["paused", "offline", "rate-limit", "storage-full", "refused"] as const) {
      this.#parts?.context.holds.lift(why);
    }
    this.#pulse.beat();
  }

  readonly estimateSaving: BackupCommands["estimateSaving"] = (signal, tell) =>
    estimateSaving(this.#parts?.context.catalogue.all() ?? [], this.#ports, signal, tell);

  putFirst(paths: readonly VaultPath[]): void {
    this.#parts?.triage.putFirst(paths);
  }

  /** Somebody signed in or out, or another client is used. */
  signInChanged(): void {
    const parts = this.#parts;
    if (parts === undefined) return;
    // What Google said of another account, or to another client, does not count.
    for (const why of ["signed-out", "refused", "storage-full", "daily-quota"] as const) {
      parts.context.holds.lift(why);
    }
    void this.#watched(() => parts.session.askAgain());
    this.#pulse.beat();
  }

  /** Looks for journals that other devices have brought; to be called when the app comes to the front. */
  async readJournals(): Promise<void> {
    if (await this.#parts?.context.ledger.readAll()) await this.#parts?.triage.planAll();
  }

  /** What is backed up and in no file of the vault; `lost` are the images that notes ask for in vain, as links name them. */
  absent(lost: () => Iterable<VaultPath>): Promise<Absent> {
    return this.recovery.look(lost);
  }

  #conductor(): Conductor {
    return {
      signal: this.#stop.signal,
      watched: (part) => void this.#watched(part),
      beat: () => this.#pulse.beat(),
    };
  }

  /** All images of the vault. */
  async #list(): Promise<readonly VaultImage[]> {
    const images: VaultImage[] = [];
    for (const image of this.#ports.vault.images()) {
      const pause = this.#ports.clock.breath();
      if (pause !== undefined) await pause;
      images.push(image);
    }
    return images;
  }

  /** The loop: starts what can be started, then rests until something happens or is due. */
  async #conduct(parts: Parts): Promise<void> {
    parts.context.holds.lift("other-window");
    if (await parts.context.ledger.takeOver()) await parts.triage.planAll();
    const { account } = parts.session;
    if (account !== undefined) parts.tidier.recall(account);
    for (;;) {
      const due = this.#startWhatCan(parts);
      await this.#pulse.rest(due, this.#stop.signal);
    }
  }

  /** Starts everything that can run now and answers when to look again, on the clock's `elapsed`. */
  #startWhatCan(parts: Parts): number | undefined {
    const { creator, settler, tidier } = parts;
    const { list, holds } = parts.context;
    const now = this.#ports.clock.elapsed();
    list.ripen(now);
    const blocked = holds.blocking !== undefined;
    if (this.#blocked && !blocked) {
      creator.holdEnded();
      if (creator.size > 0) this.#beginRun();
    }
    this.#blocked = blocked;
    if (!blocked) this.#startUploads(parts, now);
    const createDue = creator.due(list.ready > 0 || this.#carried.size > 0);
    if (!blocked && !this.#creating && createDue !== undefined && createDue <= now) {
      this.#create(() => creator.sendNext());
    }
    const tidyDue = createDue === undefined && list.ready === 0 ? tidier.due : undefined;
    if (!blocked && !this.#creating && tidyDue !== undefined && tidyDue <= now) {
      this.#create(() => tidier.tidy());
    }
    const settleDue = settler.due;
    if (!blocked && !this.#settling && settleDue !== undefined && settleDue <= now) {
      this.#settling = true;
      void this.#watched(() => settler.settle().finally(() => (this.#settling = false)));
    }
    if (parts.told.hasTurned) this.#planAll(parts.triage);
    const isIdle = !blocked && createDue === undefined && list.ready === 0 && this.#carried.size === 0;
    const verifyDue = isIdle ? parts.verifier.due : undefined;
    if (verifyDue !== undefined && verifyDue <= now) void this.#watched(() => parts.verifier.share());
    this.#tellHold(parts);
    this.#noteRest(parts, blocked);
    if (blocked) return holds.nextEnd;
    return soonest(
      [
        list.nextDue,
        this.#creating ? undefined : (createDue ?? tidyDue),
        this.#settling ? undefined : settleDue,
        verifyDue,
      ],
      now,
    );
  }

  #startUploads({ context, sender }: Parts, now: number): void {
    const { limits } = this.#ports;
    // While some are on the wire, as many more are read, or written down.
    const most = 2 * Math.min(limits.uploads, context.retries.width, context.settings().uploads);
    let bytes = 0;
    for (const size of this.#carried.values()) bytes += size;
    while (this.#carried.size < most) {
      const next = context.list.take();
      if (next === undefined) return;
      const { path, rank } = next;
      if (!context.isWanted(path)) continue;
      if (this.#carried.has(path)) {
        context.list.add(path, rank, now + BUSY_PAUSE);
        continue;
      }
      const size = this.#held(path, context.catalogue.get(path)?.image.size ?? 0);
      if (bytes > 0 && bytes + size > limits.bytes) {
        context.list.add(path, rank);
        return;
      }
      bytes += size;
      this.#beginRun();
      this.#carried.set(path, size);
      void this.#watched(async () => {
        await sender.carry(path, rank).finally(() => this.#carried.delete(path));
        this.#unsaved += 1;
        if (this.#unsaved >= SAVE_EVERY) await this.#saveIndex(context);
      });
    }
  }

  /** Bytes that an image takes in memory while it is carried. */
  #held(path: VaultPath, size: number): number {
    return imageKind(path) === "video" ? Math.min(size, this.#ports.limits.video ?? size) : size;
  }

  #planAll(triage: Triage): void {
    void this.#watched(() => triage.planAll());
  }

  #create(part: () => Promise<void>): void {
    this.#creating = true;
    void this.#watched(() => part().finally(() => (this.#creating = false)));
  }

  /** Runs a part; an abort ends it quietly, anything else that it throws is a fault of ours and ends the engine. */
  async #watched(part: () => Promise<void>): Promise<void> {
    try {
      await part();
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#stop.abort(error);
    } finally {
      this.#pulse.beat();
    }
  }

  /** What other devices have brought meanwhile spares a look; the first images are read beside it. */
  #beginRun(): void {
    if (this.#running) return;
    this.#running = true;
    void this.#watched(() => this.readJournals());
    this.#ports.tell({ type: "run-began", at: this.#ports.clock.now() });
  }

  /** A run ends when nothing is under way and nothing can be started, be it for a hold. */
  #noteRest({ context, creator, settler, sender, triage }: Parts, blocked: boolean): void {
    if (!this.#running || triage.isLooking || this.#carried.size > 0 || this.#creating || this.#settling)
      return;
    if (!blocked && (context.list.ready > 0 || creator.size > 0 || settler.size > 0)) return;
    this.#running = false;
    if (blocked) context.catalogue.rest();
    context.together.flush();
    sender.endRun();
    this.#ports.tell({ type: "run-ended", at: this.#ports.clock.now() });
    void this.#watched(() => this.#saveIndex(context));
  }

  async #saveIndex(context: Context): Promise<void> {
    this.#unsaved = 0;
    await context.index.save();
  }

  #tellHold({ context, creator, triage }: Parts): void {
    const busy = context.list.size > 0 || creator.size > 0 || this.#carried.size > 0;
    const isOff = !triage.isAutomatic && !busy;
    const off: Hold = isOffHere(this.#ports.memory) ? { why: "off", here: true } : { why: "off" };
    const hold = context.holds.blocking ?? (isOff ? off : undefined);
    if (JSON.stringify(hold) === JSON.stringify(this.#told)) return;
    this.#told = hold;
    this.#ports.tell({ type: "hold", hold });
  }

  #ask(scope: Scope, wanted: (path: VaultPath) => boolean): void {
    const parts = this.#parts;
    if (parts === undefined) return;
    for (const path of pathsWithin(scope, parts.context.catalogue)) {
      if (!wanted(path)) continue;
      const found = parts.context.catalogue.get(path);
      // A file that comes later under this name is another one.
      if (found === undefined) continue;
      found.attempts = 0;
      parts.triage.asked.add(path);
      parts.triage.plan(path);
    }
  }
}

/** Why waiting calls end when the engine is stopped. */
class Stopped extends Error {
  override readonly name = "AbortError";
}
