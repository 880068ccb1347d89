import {
  gravest,
  isFromNewerVersion,
  type Clock,
  type ConditionsPort,
  type DeviceMemory,
  type Hold,
  type HoldName,
  type SettingsPort,
} from "../model";

interface HoldPorts {
  readonly clock: Clock;
  readonly settings: SettingsPort;
  readonly conditions: ConditionsPort;
  readonly memory: DeviceMemory;
}

interface Raised {
  readonly hold: Hold;
  /**
   * When it ends by itself, `Infinity` where it does not: on the clock's `elapsed`, as a wall clock that jumps must not make
   * a hold last for days, and in milliseconds since 1970, as the other one may stand still while the device sleeps.
   */
  readonly end: number;
  readonly until: number;
}

const MINUTE = 60_000;

/** Holds that outlast a restart: to be told of them once more would cost bytes that are sent in vain. */
const KEPT = ["paused", "storage-full", "daily-quota"] as const;

/** A kept hold of Google's that ends later than this, in milliseconds, was written down under a wrong clock. */
const LONGEST = 25 * 3_600_000;

/** Keeps why nothing is sent now: holds that something in a run called for, and those of settings and conditions. */
export class Holds {
  readonly #ports: HoldPorts;
  readonly #ledgerIsNewer: () => boolean;
  readonly #raised = new Map<HoldName, Raised>();

  constructor(ports: HoldPorts, ledgerIsNewer: () => boolean) {
    this.#ports = ports;
    this.#ledgerIsNewer = ledgerIsNewer;
    this.recall();
  }

  /** Takes up what this device was told before, or in another window. */
  recall(): void {
    const { clock, memory } = this.#ports;
    for (const why of KEPT) {
      const kept = memory.get(keyOf(why));
      // Lifted there meanwhile; the device tells so by `null`.
      if (!kept) this.#raised.delete(why);
      if (why === "paused" && kept === true) this.raise({ why });
      if (typeof kept !== "number" || kept <= clock.now()) continue;
      if (why === "paused" || kept - clock.now() <= LONGEST) this.raise({ why, until: kept });
    }
  }

  raise(hold: Hold): void {
    const until = "until" in hold ? hold.until : undefined;
    this.#keep(hold.why, until ?? true);
    const { clock } = this.#ports;
    const end = clock.elapsed() + Math.max(0, (until ?? Infinity) - clock.now());
    this.#raised.set(hold.why, { hold, end, until: until ?? Infinity });
  }

  /** Answers whether the hold was on. */
  lift(why: HoldName): boolean {
    this.#keep(why, undefined);
    return this.#raised.delete(why);
  }

  /** The hold that keeps everything from being sent, if any. Timed ones end here by themselves. */
  get blocking(): Hold | undefined {
    return gravest(this.#all());
  }

  get isPaused(): boolean {
    return [...this.#all()].some(({ why }) => why === "paused");
  }

  /**
   * When the next timed hold may end, on the clock's `elapsed`, which may stand still while the device sleeps: one is looked
   * at each minute. `Infinity` where there is none.
   */
  get nextEnd(): number {
    const end = Math.min(...[...this.#raised.values()].map((raised) => raised.end));
    return end === Infinity ? end : Math.min(end, this.#ports.clock.elapsed() + MINUTE);
  }

  *#all(): Iterable<Hold> {
    const { clock } = this.#ports;
    for (const { hold, end, until } of [...this.#raised.values()]) {
      if (end <= clock.elapsed() || until <= clock.now()) this.#raised.delete(hold.why);
      else yield hold;
    }
    const settings = this.#ports.settings.read();
    const { online, background, wifi, charging } = this.#ports.conditions.read();
    // What a newer version means by its settings or its journals is not for this one to guess.
    if (this.#ledgerIsNewer() || isFromNewerVersion(settings)) yield { why: "newer-ledger" };
    if (!settings.started) yield { why: "first-use" };
    if (!online) yield { why: "offline" };
    if (background) yield { why: "background" };
    // A device that cannot tell is not held: it would never be let go.
    if (settings.wifiOnly && wifi === false) yield { why: "wifi" };
    if (settings.chargingOnly && charging === false) yield { why: "power" };
  }

  /** Keeps until when a hold lasts, or `true` until it is lifted; `undefined` once it is. */
  #keep(why: HoldName, lasts: number | true | undefined): void {
    if ((KEPT as readonly HoldName[]).includes(why)) this.#ports.memory.set(keyOf(why), lasts);
  }
}

/** Where the device keeps how long a hold lasts. */
function keyOf(why: HoldName): string {
  return `hold ${why}`;
}
