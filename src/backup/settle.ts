import { PhotosError, type AccountKey, type Fingerprint, type VaultPath } from "../model";
import type { AccountView } from "./account-view";
import type { ReadyItem } from "./batch";
import type { Context } from "./context";
import type { Intent } from "./ledger-record";
import type { Standing } from "./send";

/** An intent this old, in milliseconds, is under way no more: Google's creates end within four minutes (fact sheet §9). */
const INTENT_OVER = 300_000;

/** When to look for an item whose create may be under way, in milliseconds after its intent. */
const LOOKS = [15_000, 90_000, INTENT_OVER];

/** An answer came, so nothing is under way: a moment for Google's lists to catch up, in milliseconds. */
const ANSWERED_PAUSE = 2_000;

interface Unsettled {
  readonly account: AccountKey;
  readonly fingerprint: Fingerprint;
  readonly path: VaultPath;
  /** What to create again by the same token, where this device has it. */
  readonly item: ReadyItem | undefined;
  /** When this run learned of the intent, or wrote it, on the clock's `elapsed`. */
  readonly since: number;
  readonly answered: boolean;
  readonly lookAt: number;
}

export interface SettleWays {
  ready(item: ReadyItem): void;
  adopt(
    unsettled: { fingerprint: Fingerprint; path: VaultPath },
    view: AccountView,
    intent: Intent | undefined,
  ): Promise<boolean>;
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
    private readonly ways: SettleWays,
  ) {}

  get size(): number {
    return this.#unsettled.size;
  }

  /** When to look next, on the clock's `elapsed`. */
  get due(): number | undefined {
    let due: number | undefined;
    for (const { lookAt } of this.#unsettled.values()) if (due === undefined || lookAt < due) due = lookAt;
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

  /** A create of this device whose outcome is unknown. */
  await(items: readonly ReadyItem[], answered: boolean): void {
    const now = this.context.ports.clock.elapsed();
    for (const item of items) {
      this.#cleared.delete(item.fingerprint);
      const { account, fingerprint, path } = item;
      this.#put({ account, fingerprint, path, item, since: now, answered, lookAt: 0 }, now);
    }
  }

  /** An earlier create of these bytes may have been done, and their token is of no use any more. */
  doubt({ account, fingerprint, path }: ReadyItem, since: number): void {
    this.#cleared.delete(fingerprint);
    const unsettled = { account, fingerprint, path, item: undefined, since, answered: false, lookAt: 0 };
    this.#put(unsettled, this.context.ports.clock.elapsed());
  }

  /**
   * Intents that an earlier run, or another device, left open. How old they are only a clock could tell that may have been
   * moved since: they count as made just now.
   */
  take({ account, fingerprint, path, item }: Standing): void {
    const now = this.context.ports.clock.elapsed();
    this.#put({ account, fingerprint, path, item, since: now, answered: false, lookAt: 0 }, now);
  }

  #put(unsettled: Unsettled, now: number): void {
    const { answered, since } = unsettled;
    const next = answered ? now + ANSWERED_PAUSE : LOOKS.map((wait) => since + wait).find((at) => at > now);
    this.#unsettled.set(unsettled.fingerprint, { ...unsettled, lookAt: next ?? now });
  }

  /** Looks for everything unsettled, and lets go on what is known not to be there. */
  async settle(): Promise<void> {
    try {
      const view = await this.context.view();
      // What is found nowhere at last is prepared anew. Until then a count tells whether there is anything to find.
      if (this.#isLast()) await view.lookAgain(this.context.signal, true);
      else await view.look("check", this.context.signal);
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
    const { account, fingerprint, item } = unsettled;
    if (account !== view.account) {
      this.#unsettled.delete(fingerprint);
      this.context.conclude(fingerprint);
      return;
    }
    const now = this.context.ports.clock.elapsed();
    const intent = this.context.ledger.record(view.account, fingerprint)?.openIntents.at(-1);
    if (await this.ways.adopt(unsettled, view, intent)) {
      this.#unsettled.delete(fingerprint);
      this.context.tokens.forget(item === undefined ? [] : [item]);
      return;
    }
    const again = item !== undefined && this.context.tokens.isGood(item.tokenAt);
    // By the same token it may be tried as soon as nothing is under way; other bytes only when no list can be behind.
    if (!(unsettled.answered && again) && now - unsettled.since < INTENT_OVER) {
      this.#put({ ...unsettled, answered: false }, now);
      return;
    }
    this.#unsettled.delete(fingerprint);
    if (again) {
      this.#cleared.add(fingerprint);
      this.ways.ready({
        ...item,
        attempt: item.attempt + 1,
        since: now,
        notBefore: 0,
        doubt: unsettled.since,
      });
    } else {
      this.context.conclude(fingerprint);
      this.#cleared.add(fingerprint);
    }
  }
}
