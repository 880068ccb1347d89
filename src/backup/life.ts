import { imageKind, inSlices, type Hold, type VaultChange, type VaultImage, type VaultPath } from "../model";
import type { BackupPorts } from "./context";
import type { Holds } from "./holds";
import { openParts, type Parts } from "./parts";
import { sparing } from "./planning/steady-read";
import { isOffHere } from "./planning/triage";
import { Pulse } from "./pulse";

/** An image that changes while it is on its way is taken up again this much later, in milliseconds. */
const BUSY_PAUSE = 500;

/** The index is saved once so many images have been carried. */
const SAVE_EVERY = 200;

/**
 * One life of the engine: from a start until it is ended, or until something happens that nobody expected. All that was
 * under way ends with it, as if the app had been killed, and the next life goes on from what is written down.
 */
export class Life {
  readonly #ports: BackupPorts;
  readonly #end = new AbortController();
  readonly #pulse: Pulse;
  /** Images on their way to Google, with the memory they take. */
  readonly #carried = new Map<VaultPath, number>();
  /** What it is made of, once that could be read. */
  parts: Parts | undefined;
  #running = false;
  /** A call that makes or orders items is on its way: there is one at a time for an account. */
  #isMaking = false;
  /** How many images have been carried. */
  #carries = 0;
  /** It has come to rest: what still comes back from under way is told to nobody, and not written down. */
  #isOver = false;
  /** The last text that went to a journal; the next life reads them once it is there. */
  appended: Promise<unknown> = Promise.resolve();

  /**
   * @param holds   outlast this life
   * @param asked   images that somebody asked for
   * @param isAfterFault  something has broken before: it finds out that it can write, before it sends anything
   * @param looked  called when the vault has been looked through: until then, all that is backed up
   *                would seem to be absent
   */
  constructor(
    ports: BackupPorts,
    private readonly holds: Holds,
    private readonly asked: Set<VaultPath>,
    private readonly isAfterFault: boolean,
    private readonly looked: (parts: Parts) => void,
  ) {
    this.#ports = this.#own(ports);
    this.#pulse = new Pulse(ports.clock);
  }

  /** Looks through the vault, then backs up until it ends. Answers the reason for that. */
  async run(): Promise<unknown> {
    const ends: (() => void)[] = [];
    try {
      await this.#live(ends);
    } catch (error) {
      this.end(error);
    }
    for (const end of ends) end();
    // Nothing is on its way any more, and from now on nothing is told.
    this.parts?.context.catalogue.rest();
    this.#endRun();
    this.#isOver = true;
    await this.parts?.context.index.save().catch(() => undefined);
    return this.#end.signal.reason;
  }

  /** @param ends  takes what ends the watching */
  async #live(ends: (() => void)[]): Promise<void> {
    const { signal } = this.#end;
    const { vault, settings, conditions, lock, tell } = this.#ports;
    // The vault is listed while what is known is read. What changes meanwhile is followed after that.
    const early: VaultChange[] = [];
    let follow = (change: VaultChange): void => void early.push(change);
    ends.push(vault.watch((change) => void this.#watched(() => follow(change))));
    const conductor = {
      signal,
      watched: (part: () => Promise<void>) => void this.#watched(part),
      beat: () => this.#pulse.beat(),
    };
    const [parts, images] = await Promise.all([
      openParts(this.#ports, conductor, this.holds, this.asked),
      this.#list(),
    ]);
    this.parts = parts;
    const { context, triage } = parts;
    follow = (change) => triage.follow(change);
    ends.push(
      settings.watch(() => void this.#watched(() => triage.planAll())),
      conditions.watch(() => this.#pulse.beat()),
    );
    const looked = triage.planAll(images);
    for (const change of early) follow(change);
    await looked;
    signal.throwIfAborted();
    context.catalogue.flush();
    this.looked(parts);
    // What was asked for meanwhile is to be sent though backup by itself is off.
    this.#tellHold(parts);
    tell({ type: "looked-through" });
    void this.#watched(() => context.ledger.keep());
    await lock.hold(
      signal,
      () => this.#conduct(parts),
      () => {
        this.holds.raise({ why: "other-window" });
        this.#tellHold(parts);
      },
    );
  }

  /**
   * Ends everything; what is under way is settled by the next start.
   *
   * @param reason  why waiting calls end; by default a plain abort
   */
  end(reason?: unknown): void {
    this.#end.abort(reason);
    this.#pulse.beat();
  }

  /** Asks whose account is in use; where it may be another one, lets go of what holds the one before. */
  askWho({ context, session }: Parts, mayBeAnother: boolean): void {
    void this.#watched(async () => {
      const trouble = await session.askAgain();
      // What Google said of another account, or to another client, does not count.
      const past = mayBeAnother ? (["signed-out", "refused", "storage-full", "daily-quota"] as const) : [];
      for (const why of past) context.holds.lift(why);
      if (trouble !== undefined) context.retries.failed(trouble, 1);
    });
  }

  /** Looks for journals that other devices have brought. */
  readJournals(): Promise<void> {
    return this.#watched(async () => {
      const { parts } = this;
      if (parts !== undefined && (await parts.context.ledger.readAll())) await this.#planByNews(parts);
    });
  }

  /** What others have written down may have any image in another state, or away. */
  async #planByNews({ triage }: Parts): Promise<void> {
    await triage.planAll();
    this.#ports.tell({ type: "account-seen" });
  }

  /** The ports for as long as this life lasts: two at a time would count the lines of one journal apart. */
  #own(ports: BackupPorts): BackupPorts {
    const { journals, memory, pictures, tell } = ports;
    return {
      ...ports,
      tell: (event) => {
        if (!this.#isOver) tell(event);
      },
      memory: {
        get: (key) => memory.get(key),
        set: (key, value) => {
          if (!this.#isOver) memory.set(key, value);
        },
      },
      journals: {
        ...journals,
        append: (name, text) => {
          if (this.#isOver) return Promise.reject(this.#end.signal.reason as Error);
          const done = journals.append(name, text);
          this.appended = done.catch(() => undefined);
          return done;
        },
      },
      pictures: sparing(pictures),
    };
  }

  /** All images of the vault. */
  async #list(): Promise<readonly VaultImage[]> {
    const images: VaultImage[] = [];
    await inSlices(this.#ports.vault.images(), this.#ports.clock, (image) => images.push(image));
    return images;
  }

  /** The loop: starts what can be started, then rests until something happens or is due. */
  async #conduct(parts: Parts): Promise<void> {
    parts.context.holds.lift("other-window");
    parts.context.holds.recall();
    if (this.isAfterFault) await parts.context.ledger.probe();
    if (await parts.context.ledger.takeOver()) await this.#planByNews(parts);
    const { account } = parts.session;
    if (account !== undefined) {
      parts.tidier.recall(account);
      // Who is signed in no more would not be told so until there is something to send. Whose sign-in it is lies beside
      // it as a rule, so that Google need not be asked.
      this.askWho(parts, false);
    }
    for (;;) {
      const due = this.#startWhatCan(parts);
      await this.#pulse.rest(due);
      this.#end.signal.throwIfAborted();
    }
  }

  /** Starts everything that can run now and answers when to look again, on the clock's `elapsed`. */
  #startWhatCan(parts: Parts): number {
    const { creator, tidier, verifier } = parts;
    const { list, holds } = parts.context;
    const now = this.#ports.clock.elapsed();
    list.ripen(now);
    const blocked = holds.blocking !== undefined;
    if (!blocked) this.#startUploads(parts, now);
    const isToMake = creator.size > 0;
    const isIdle = list.ready === 0 && this.#carried.size === 0;
    const dues = [holds.nextEnd];
    if (!blocked) {
      dues.push(list.nextDue);
      // A long upload that was held goes on.
      if (isToMake || this.#carried.size > 0) this.#beginRun();
      if (isToMake) dues.push(this.#make(creator.due(!isIdle), () => creator.sendNext()));
      else if (list.ready === 0) dues.push(this.#make(tidier.due, () => tidier.tidy()));
      if (isIdle && !isToMake) {
        if (verifier.due <= now) void this.#watched(() => verifier.share());
        dues.push(verifier.due);
      }
    }
    if (parts.told.hasTurned) void this.#watched(() => parts.triage.planAll());
    this.#tellHold(parts);
    this.#noteRest(parts, blocked);
    return Math.min(...dues);
  }

  /** Starts what is due, unless something is on its way already. Answers when it is due, where it is not started yet. */
  #make(due: number, work: () => Promise<void>): number {
    if (this.#isMaking) return Infinity;
    if (due > this.#ports.clock.elapsed()) return due;
    this.#isMaking = true;
    void this.#watched(() => work().finally(() => (this.#isMaking = false)));
    return Infinity;
  }

  #startUploads({ context, sender }: Parts, now: number): void {
    const { limits } = this.#ports;
    // While some are on the wire, as many more are read, wait for it, or are written down.
    const most = 2 * context.lanes.width();
    let bytes = 0;
    for (const size of this.#carried.values()) bytes += size;
    while (this.#carried.size < most) {
      const path = context.list.take();
      if (path === undefined) return;
      if (!context.isWanted(path)) continue;
      if (this.#carried.has(path)) {
        context.list.add(path, now + BUSY_PAUSE);
        continue;
      }
      const size = this.#held(path, context.catalogue.get(path)?.image.size ?? 0);
      if (bytes > 0 && bytes + size > limits.bytes) {
        context.list.add(path);
        return;
      }
      bytes += size;
      this.#carried.set(path, size);
      void this.#watched(async () => {
        await sender.carry(path).finally(() => this.#carried.delete(path));
        this.#carries += 1;
        if (this.#carries % SAVE_EVERY === 0) await context.index.save();
      });
    }
  }

  /** Bytes that an image takes in memory while it is carried. */
  #held(path: VaultPath, size: number): number {
    return imageKind(path) === "video" ? Math.min(size, this.#ports.limits.video ?? size) : size;
  }

  /** Runs a part; an abort ends it quietly, anything else that it throws is a fault of ours and ends this life. */
  async #watched(part: () => Promise<void> | void): Promise<void> {
    try {
      await part();
    } catch (error) {
      this.end(error);
    } finally {
      this.#pulse.beat();
    }
  }

  /** What other devices have brought meanwhile spares a look, or leaves images out; the first are read beside it. */
  #beginRun(): void {
    if (this.#running) return;
    this.#running = true;
    void this.readJournals();
    void this.#ports.settings.reload();
    this.#ports.tell({ type: "run-began", at: this.#ports.clock.now() });
  }

  /** A run ends when nothing is under way and nothing can be started, be it for a hold. */
  #noteRest({ context, creator, sender, triage }: Parts, blocked: boolean): void {
    const isHeld = blocked && sender.held === this.#carried.size;
    if (!this.#running || triage.isLooking || this.#isMaking || !(isHeld || this.#carried.size === 0)) return;
    if (!blocked && (context.list.ready > 0 || creator.size > 0)) return;
    if (blocked) context.catalogue.rest();
    this.#endRun();
    void this.#watched(() => context.index.save());
  }

  #tellHold({ context, creator, triage }: Parts): void {
    const busy = context.list.size > 0 || creator.size > 0 || this.#carried.size > 0;
    const isOff = !triage.isAutomatic && !busy;
    const off: Hold | undefined = isOff ? { why: "off", here: isOffHere(this.#ports.memory) } : undefined;
    this.#ports.tell({ type: "hold", hold: context.holds.blocking ?? off });
  }

  #endRun(): void {
    const { parts } = this;
    parts?.context.together.flush();
    if (!parts || !this.#running) return;
    this.#running = false;
    parts.sender.sent = 0;
    this.#ports.tell({ type: "run-ended", at: this.#ports.clock.now() });
  }
}
