import type { Fingerprint } from "../model";
import { adopt } from "./adopt";
import type { AccountView } from "./account-view";
import type { ReadyItem } from "./batch";
import type { Context, Standing } from "./context";
import { Tries } from "./tries";

/** An intent this old, in milliseconds, is under way no more: Google's creates end within four minutes (fact sheet §9). */
const INTENT_OVER = 300_000;

/**
 * When to look for an item that a create may have made, in milliseconds after its intent: after a moment for Google's lists
 * to catch up, and then, as it may be under way still, ever later.
 */
const LOOKS = [2_000, 15_000, 90_000, INTENT_OVER];

interface Unsettled extends Standing {
  /** What to create again by the same token, where this device has it. */
  readonly item: ReadyItem | undefined;
  /** When this run learned of the intent, or wrote it, on the clock's `elapsed`. */
  readonly since: number;
  /** An answer came, so nothing is under way. */
  readonly isAnswered: boolean;
}

/**
 * Settles intents of unknown outcome: by looking in the account, then by the same upload token, and only then by
 * preparing anew. An item made twice cannot be taken back, so nothing is hurried.
 */
export class Settler {
  readonly #unsettled = new Map<Fingerprint, Unsettled>();
  readonly #tries: Tries;
  /** When the last look that worked began, on the clock's `elapsed`. */
  #lookedAt = 0;

  constructor(private readonly context: Context) {
    this.#tries = new Tries(context);
  }

  get size(): number {
    return this.#unsettled.size;
  }

  /** When to look next, on the clock's `elapsed`; `Infinity` where nothing is unsettled. */
  get due(): number {
    let due = Infinity;
    for (const { since } of this.#unsettled.values()) {
      const next = LOOKS.map((wait) => since + wait).find((at) => at > this.#lookedAt);
      due = Math.min(due, next ?? 0);
    }
    return Math.max(due, this.#tries.notBefore);
  }

  /**
   * Takes bytes of which a create may have made an item. How old an intent is that an earlier run, or another device, left
   * open only a clock could tell that may have been moved since: it counts as made just now.
   */
  take({ account, fingerprint, path }: Standing, item: ReadyItem | undefined, isAnswered = false): void {
    const since = this.context.ports.clock.elapsed();
    this.#unsettled.set(fingerprint, { account, fingerprint, path, item, isAnswered, since });
  }

  /** Looks for everything unsettled, and lets go on what is known not to be there. */
  settle(): Promise<void> {
    return this.#tries.run(async () => {
      const now = this.context.ports.clock.elapsed();
      const view = await this.context.view();
      // What is found nowhere at last is prepared anew. Until then a count tells whether there is anything to find.
      const isLast = [...this.#unsettled.values()].some(({ since }) => now - since >= INTENT_OVER);
      await view.look(isLast ? "all" : "check");
      this.#lookedAt = now;
      for (const unsettled of [...this.#unsettled.values()]) await this.#settleOne(unsettled, view);
    });
  }

  async #settleOne(unsettled: Unsettled, view: AccountView): Promise<void> {
    const { account, fingerprint, path, item, isAnswered, since } = unsettled;
    if (account !== view.account) {
      this.#unsettled.delete(fingerprint);
      this.context.conclude(fingerprint);
      return;
    }
    const intents = this.context.ledger.record(account, fingerprint)?.openIntents ?? [];
    if (await adopt({ fingerprint, path, recipe: intents.at(-1)?.recipe }, account, this.context)) {
      this.#unsettled.delete(fingerprint);
      this.context.tokens.forget(item === undefined ? [] : [item]);
      return;
    }
    const again = item !== undefined && this.context.tokens.isGood(item.at);
    // By the same token it may be tried as soon as nothing is under way; other bytes only when no list can be behind that
    // was begun since.
    if (!(isAnswered && again) && this.#lookedAt - since < INTENT_OVER) return;
    this.#unsettled.delete(fingerprint);
    if (again) {
      this.context.ready({ ...item, doubt: true });
      return;
    }
    for (const intent of intents) this.context.cleared.add(intent);
    this.context.conclude(fingerprint);
  }
}
