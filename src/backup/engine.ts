import type { BackupCommands, BackupEvent, Hold, ImageState, VaultPath } from "../model";
import type { BackupPorts } from "./context";
import { Holds } from "./holds";
import { Life } from "./life";
import type { Parts } from "./parts";
import { isLeft, isOffHere, turnOffHere } from "./planning/triage";
import { Pulse } from "./pulse";
import { Recovery } from "./recovery/recovery";
import { estimateSaving } from "./saving-estimate";

/** The first rest after a fault, in milliseconds; each that follows soon is twice as long as the one before. */
const FIRST_REST = 10_000;

/** No rest is longer, in milliseconds. A life that was as long has got over what was wrong before. */
const LONGEST_REST = 600_000;

/**
 * Conducts the backup of one vault on one device: finds what is to be done, does it within the limits and holds, and
 * tells what becomes of each image. Knows Obsidian and Google only through its ports. What nobody expected, such as a
 * journal that cannot be written to, ends a life of it, never the backup: after a rest the next life begins.
 */
export class BackupEngine implements BackupCommands {
  readonly #ports: BackupPorts;
  readonly #holds: Holds;
  #isStopped = false;
  #life: Life | undefined;
  /** What the vault was looked through with last: what it says stays true at rest. */
  #known: Parts | undefined;
  /** Ends the rest after a fault, or the next one where a life is just ending. */
  readonly #rest: Pulse;
  /** What people want as soon as something can be done. */
  #wishes: ((parts: Parts) => void)[] = [];
  /** Images that were found before a fault. */
  readonly #found = new Set<VaultPath>();
  /** Images that somebody asked for. */
  readonly #asked = new Set<VaultPath>();
  /** Images of the note in front. */
  #front: readonly VaultPath[] = [];
  /** What people do with the account as the second truth. */
  readonly recovery: Recovery;

  constructor(ports: BackupPorts) {
    this.#ports = { ...ports, tell: withoutEchoes(ports.tell) };
    this.#rest = new Pulse(ports.clock);
    this.recovery = new Recovery(
      () => this.#known,
      () => this.#awake(),
      ports,
    );
    this.#holds = new Holds(ports, () => this.#life?.parts?.context.ledger.newer === true);
  }

  /** What the vault was looked through with, while something can be done with it. */
  get #now(): Parts | undefined {
    return this.#known?.context.signal.aborted === false ? this.#known : undefined;
  }

  /** Backs up until it is stopped, whatever happens meanwhile. */
  async run(): Promise<void> {
    const { clock, fault } = this.#ports;
    const isStopped = (): boolean => this.#isStopped;
    let faults = 0;
    while (!isStopped()) {
      const began = clock.elapsed();
      const life = new Life(this.#ports, this.#holds, this.#asked, faults > 0, (parts) =>
        this.#looked(parts),
      );
      this.#life = life;
      const error = await life.run();
      // Who stops the engine means it to end.
      if (isStopped()) return;
      fault(error);
      // Who has signed in meanwhile may not have been asked for any more: the next life asks.
      for (const why of ["signed-out", "refused"] as const) this.#holds.lift(why);
      faults = clock.elapsed() - began < LONGEST_REST ? faults + 1 : 1;
      await this.#restAfter(life, Math.min(LONGEST_REST, FIRST_REST * 2 ** (faults - 1)));
    }
  }

  /** Ends everything; what is under way is settled by the next start. */
  stop(): void {
    this.#isStopped = true;
    this.#life?.end();
    this.wake();
  }

  wake(): void {
    this.#rest.beat();
  }

  backUp(paths?: readonly VaultPath[]): Hold | undefined {
    this.#ask(paths);
    // A word about some images is none about all the others, which a pause holds as well.
    return this.#goOn(paths === undefined);
  }

  tryAgain(paths?: readonly VaultPath[]): Hold | undefined {
    this.#ask(paths, (state) => isLeft(state, true));
    return this.#holds.blocking;
  }

  pause(until?: number): void {
    this.#holds.raise({ why: "paused", until });
    // At rest nothing is begun for it.
    this.#now?.context.beat();
  }

  get offHere(): boolean {
    return isOffHere(this.#ports.memory);
  }

  setOffHere(off: boolean): void {
    turnOffHere(this.#ports.memory, off);
    this.#wish(({ context, triage }) => context.watched(() => triage.planAll()));
  }

  get isPaused(): boolean {
    return this.#holds.isPaused;
  }

  resume(): Hold | undefined {
    return this.#goOn(true);
  }

  readonly estimateSaving: BackupCommands["estimateSaving"] = (signal, tell) =>
    estimateSaving(this.#known?.context.catalogue.all() ?? [], this.#ports, signal, tell);

  putFirst(paths: readonly VaultPath[]): void {
    this.#front = paths;
    if (this.#now !== undefined) this.#now.context.list.front = paths;
  }

  /** Somebody signed in or out, or another client is used. */
  signInChanged(): void {
    this.#wish((parts) => this.#life?.askWho(parts, true));
  }

  /** Looks for journals that other devices have brought; to be called when the app comes to the front. */
  async readJournals(): Promise<void> {
    if (this.#now !== undefined) await this.#life?.readJournals();
  }

  /** The vault has been looked through: what there is to do can be done. */
  #looked(parts: Parts): void {
    const gone = [...this.#found].filter((path) => parts.context.catalogue.get(path) === undefined);
    if (gone.length > 0)
      this.#ports.tell({ type: "images", states: new Map(gone.map((path) => [path, undefined])) });
    this.#found.clear();
    this.#known = parts;
    parts.context.list.front = this.#front;
    for (const wish of this.#wishes.splice(0)) wish(parts);
  }

  /** Says that the backup was interrupted, and rests before the next life, where there is to be one. */
  async #restAfter(life: Life, ms: number): Promise<void> {
    const { clock, tell } = this.#ports;
    const { parts } = life;
    for (const { image } of parts?.context.catalogue.all() ?? []) this.#found.add(image.path);
    // What is sent by itself need not have been asked for; what somebody asks for at rest comes after this.
    if (parts?.triage.isAutomatic === true) this.#asked.clear();
    tell({ type: "hold", hold: { why: "stopped", until: clock.now() + ms } });
    // Who stops the engine wakes it up.
    await this.#rest.rest(clock.elapsed() + ms);
    await life.appended;
  }

  /** Does something with what is known; at rest, the next life begins at once for it. */
  #wish(wish: (parts: Parts) => void): void {
    const now = this.#now;
    if (now !== undefined) {
      wish(now);
    } else {
      this.#wishes.push(wish);
      this.wake();
    }
  }

  /** What can be worked with; `undefined` before anything has ever been looked through. */
  async #awake(): Promise<Parts | undefined> {
    if (this.#known === undefined) return undefined;
    return new Promise((resolve) => this.#wish(resolve));
  }

  /** Ends what a person can end by a word. */
  #goOn(isPauseOver: boolean): Hold | undefined {
    if (isPauseOver) this.#holds.lift("paused");
    for (const why of ["offline", "rate-limit", "storage-full", "refused"] as const) this.#holds.lift(why);
    this.#wish(({ context }) => context.beat());
    return this.#holds.blocking;
  }

  /** @param paths  all images where it is not given */
  #ask(paths?: readonly VaultPath[], isMeant: (state: ImageState) => boolean = () => true): void {
    this.#wish(({ context, triage }) =>
      context.watched(async () => {
        const { catalogue } = context;
        const found = paths?.flatMap((path) => catalogue.get(path) ?? []) ?? [...catalogue.all()];
        const meant = found.filter(({ state }) => isMeant(state)).map(({ image }) => image.path);
        // One that is renamed before its turn stays asked for; a file that comes later under its name is another one.
        for (const path of meant) this.#asked.add(path);
        for (const path of meant) {
          // The first at once: who waits for what was asked for sees that there is something.
          if (this.#asked.has(path)) triage.ask(path);
          const pause = this.#ports.clock.breath();
          if (pause) await pause;
        }
      }),
    );
  }
}

/** Tells of a hold only where it is another one than before; there is none at first. */
function withoutEchoes(tell: (event: BackupEvent) => void): typeof tell {
  let told = JSON.stringify({ type: "hold", hold: undefined });
  return (event) => {
    if (event.type === "hold") {
      const hold = JSON.stringify(event);
      if (hold === told) return;
      told = hold;
    }
    tell(event);
  };
}
