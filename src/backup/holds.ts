import {
  gravest,
  type BackupSettings,
  type Clock,
  type Conditions,
  type Hold,
  type HoldName,
} from "../model";

/** Keeps why nothing is sent now: holds that something in a run called for, and those of settings and conditions. */
export class Holds {
  readonly #raised = new Map<HoldName, Hold>();

  constructor(
    private readonly clock: Clock,
    private readonly settings: () => BackupSettings,
    private readonly conditions: () => Conditions,
  ) {}

  raise(hold: Hold): void {
    this.#raised.set(hold.why, hold);
  }

  /** Answers whether the hold was on. */
  lift(why: HoldName): boolean {
    return this.#raised.delete(why);
  }

  /** The hold that keeps everything from being sent, if any. Timed ones end here by themselves. */
  get blocking(): Hold | undefined {
    return gravest(this.#all());
  }

  /** When the next timed hold ends, milliseconds since 1970. */
  get nextEnd(): number | undefined {
    let next: number | undefined;
    for (const hold of this.#raised.values()) {
      const end = endOf(hold);
      if (end !== undefined && (next === undefined || end < next)) next = end;
    }
    return next;
  }

  *#all(): Iterable<Hold> {
    const now = this.clock.now();
    for (const hold of [...this.#raised.values()]) {
      const end = endOf(hold);
      if (end !== undefined && end <= now) this.#raised.delete(hold.why);
      else yield hold;
    }
    if (!this.settings().started) yield { why: "first-use" };
    const { online, background } = this.conditions();
    if (!online) yield { why: "offline" };
    if (background) yield { why: "background" };
  }
}

function endOf(hold: Hold): number | undefined {
  return "until" in hold ? hold.until : undefined;
}
