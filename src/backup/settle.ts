import { PhotosError, type Fingerprint } from "../model";
import type { AccountView } from "./account-view";
import type { ReadyItem } from "./batch";
import type { Context } from "./context";
import type { Standing, Ways } from "./ways";

/** An intent this old, in milliseconds, is under way no more: Google's creates end within four minutes (fact sheet §9). */
const INTENT_OVER = 300_000;

/** When to look for an item whose create may be under way, in milliseconds after its intent. */
const LOOKS = [15_000, 90_000, INTENT_OVER];

/** An answer came, so nothing is under way: a moment for Google's lists to catch up, in milliseconds. */
const ANSWERED_PAUSE = 2_000;

interface Unsettled extends Standing {
  /** What to create again by the same token, where this device has it. */
  readonly item: ReadyItem | undefined;
  /** When this run learned of the intent, or wrote it, on the clock's `elapsed`. */
  readonly since: number;
  readonly isAnswered: boolean;
  readonly lookAt: number;
}

/**
 * Settles intents of unknown outcome: by looking in the account, then by the same upload token, and only then by
 * preparing anew. An item made twice cannot be taken back, so nothing is hurried.
 */
export class Settler {
  readonly #unsettled = new Map<Fingerprint, Unsettled>();
  /** Looks that failed since the last one that worked. */
  #failures = 0;
  /** Known not to have come about: may be sent anew. */
  readonly #cleared = new Set<Fingerprint>();

  constructor(
    private readonly context: Context,
    private readonly ways: Ways,
  ) {}

  get size(): number {
    return this.#unsettled.size;
  }

  /** When to look next, on the clock's `elapsed`; `Infinity` where nothing is unsettled. */
  get due(): number {
    let due = Infinity;
    for (const { lookAt } of this.#unsettled.values()) due = Math.min(due, lookAt);
    return due;
  }

  /** Whether an open intent for the fingerprint is known by now not to have come about. */
  isCleared(fingerprint: Fingerprint): boolean {
    return this.#cleared.has(fingerprint);
  }

  /** The outcome is known. */
  forget(fingerprint: Fingerprint): void {
    this.#cleared.delete(fingerprint);
  }

  /**
   * Takes bytes of which a create may have made an item. How old an intent is that an earlier run, or another device, left
   * open only a clock could tell that may have been moved since: it counts as made just now.
   */
  take(
    { account, fingerprint, path }: Standing,
    item: ReadyItem | undefined,
    isAnswered = false,
    since = this.context.ports.clock.elapsed(),
  ): void {
    this.#cleared.delete(fingerprint);
    const now = this.context.ports.clock.elapsed();
    const next = isAnswered ? now + ANSWERED_PAUSE : LOOKS.map((wait) => since + wait).find((at) => at > now);
    const unsettled = { account, fingerprint, path, item, isAnswered, since };
    this.#unsettled.set(fingerprint, { ...unsettled, lookAt: next ?? now });
  }

  /** Looks for everything unsettled, and lets go on what is known not to be there. */
  async settle(): Promise<void> {
    try {
      const view = await this.context.view();
      // What is found nowhere at last is prepared anew. Until then a count tells whether there is anything to find.
      await view.look(this.#isLast() ? "all" : "check");
      this.context.retries.good();
      this.#failures = 0;
      for (const unsettled of [...this.#unsettled.values()]) await this.#settleOne(unsettled, view);
    } catch (error) {
      if (!(error instanceof PhotosError)) throw error;
      this.#failures += 1;
      const retry = this.context.retries.failed(error, this.#failures);
      const now = this.context.ports.clock.elapsed();
      const at = retry.do === "hold" ? now : now + retry.ms;
      for (const unsettled of [...this.#unsettled.values()]) {
        if (unsettled.lookAt <= at) this.#unsettled.set(unsettled.fingerprint, { ...unsettled, lookAt: at });
      }
    }
  }

  /** Whether something is waited for no longer. */
  #isLast(): boolean {
    const now = this.context.ports.clock.elapsed();
    return [...this.#unsettled.values()].some(({ since }) => now - since >= INTENT_OVER);
  }

  async #settleOne(unsettled: Unsettled, view: AccountView): Promise<void> {
    const { account, fingerprint, path, item, isAnswered, since } = unsettled;
    if (account !== view.account) {
      this.#unsettled.delete(fingerprint);
      this.context.conclude(fingerprint);
      return;
    }
    const now = this.context.ports.clock.elapsed();
    const recipe = this.context.ledger.record(account, fingerprint)?.openIntents.at(-1)?.recipe;
    if (await this.ways.adopt({ fingerprint, path, recipe }, view)) {
      this.#unsettled.delete(fingerprint);
      this.context.tokens.forget(item === undefined ? [] : [item]);
      return;
    }
    const again = item !== undefined && this.context.tokens.isGood(item.at);
    // By the same token it may be tried as soon as nothing is under way; other bytes only when no list can be behind.
    if (!(isAnswered && again) && now - since < INTENT_OVER) {
      this.take(unsettled, item, false, since);
      return;
    }
    this.#unsettled.delete(fingerprint);
    if (again)
      this.ways.ready({ ...item, attempt: item.attempt + 1, since: now, notBefore: 0, doubt: since });
    else this.context.conclude(fingerprint);
    // What is concluded is forgotten here first.
    this.#cleared.add(fingerprint);
  }
}
