import type { AccountKey, Clock, Fingerprint } from "../../model";
import type { Ledger } from "./ledger";
import type { Intent } from "./ledger-record";

/** An intent this old, in milliseconds, is under way no more: Google's creates end within four minutes (fact sheet §9). */
const INTENT_OVER = 300_000;

/**
 * When to look for an item that a create may have made, in milliseconds after its intent: after a moment for Google's lists
 * to catch up, and then, as it may be under way still, ever later.
 */
const LOOKS = [2_000, 15_000, 90_000, INTENT_OVER];

/** How it stands with bytes of which a create of unknown outcome may have made an item. */
export interface Doubt {
  /** A look that began earlier, on the clock's `elapsed`, tells nothing. */
  readonly lookSince: number | undefined;
  /** Where a look finds none, nothing was made: no list can be behind any more. */
  readonly isOver: boolean;
  /** Nothing is under way, so the same token may be used again; other bytes only when it is over. */
  readonly mayRepeat: boolean;
  /** Until the next look, in milliseconds. */
  readonly rest: number;
}

/**
 * Tells what may be done about intents of unknown outcome (decision 5): an item made twice cannot be taken back, so nothing
 * is hurried. How old an intent is that an earlier run, or another device, left open only a clock could tell that may have
 * been moved since: it counts as made when this run learns of it.
 */
export class Doubts {
  /** When this run learned of an intent, or of the end of its call, on the clock's `elapsed`. */
  readonly #since = new WeakMap<Intent, number>();
  /** An answer came to their creates, so these are under way no more. */
  readonly #answered = new WeakSet<Intent>();

  constructor(
    private readonly ledger: Pick<Ledger, "record">,
    private readonly clock: Pick<Clock, "elapsed">,
  ) {}

  #intents(account: AccountKey, fingerprint: Fingerprint): readonly Intent[] {
    return this.ledger.record(account, fingerprint)?.openIntents ?? [];
  }

  /** The creates that open intents of these bytes were written down for were answered by an error. */
  noteAnswered(account: AccountKey, fingerprint: Fingerprint): void {
    for (const intent of this.#intents(account, fingerprint)) this.#answered.add(intent);
  }

  /** What holds of these bytes; nothing where no intent is open. */
  about(account: AccountKey, fingerprint: Fingerprint): Doubt | undefined {
    const intents = this.#intents(account, fingerprint);
    if (intents.length === 0) return undefined;
    const now = this.clock.elapsed();
    for (const intent of intents) if (!this.#since.has(intent)) this.#since.set(intent, now);
    const since = Math.max(...intents.map((intent) => this.#since.get(intent) ?? now));
    const looks = LOOKS.map((wait) => since + wait);
    const lookSince = looks.filter((at) => at <= now).at(-1);
    const isOver = now - since >= INTENT_OVER;
    const isAnswered = intents.every((intent) => this.#answered.has(intent));
    return {
      lookSince,
      isOver,
      mayRepeat: isOver || (isAnswered && lookSince !== undefined),
      rest: (looks.find((at) => at > now) ?? now) - now,
    };
  }
}
