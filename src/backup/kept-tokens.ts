import type { AccountKey, Clock, Fingerprint, KeptToken, RecipeKey, TokenStore, UploadToken } from "../model";

/** Google keeps the bytes behind a token for a day (fact sheet §3.3); an hour is left for the create, in milliseconds. */
const GOOD_FOR = 23 * 3_600_000;

/** Upload tokens of this device, which outlive a restart. */
export class KeptTokens {
  readonly #tokens = new Map<string, KeptToken>();

  private constructor(
    private readonly store: TokenStore,
    private readonly clock: Clock,
  ) {}

  static async open(store: TokenStore, clock: Clock): Promise<KeptTokens> {
    const kept = new KeptTokens(store, clock);
    const stale: UploadToken[] = [];
    for (const token of await store.load()) {
      if (kept.isGood(token.at))
        kept.#tokens.set(keyOf(token.account, token.fingerprint, token.recipe), token);
      else stale.push(token.token);
    }
    if (stale.length > 0) await store.save([], stale);
    return kept;
  }

  /** Whether a token given at this time can still be used. A clock that went back makes none of them good. */
  isGood(at: number): boolean {
    const age = this.clock.now() - at;
    return age >= 0 && age < GOOD_FOR;
  }

  find(account: AccountKey, fingerprint: Fingerprint, recipe: RecipeKey): KeptToken | undefined {
    const token = this.#tokens.get(keyOf(account, fingerprint, recipe));
    return token !== undefined && this.isGood(token.at) ? token : undefined;
  }

  async keep(token: KeptToken): Promise<void> {
    this.#tokens.set(keyOf(token.account, token.fingerprint, token.recipe), token);
    await this.store.save([token], []);
  }

  async forget(
    account: AccountKey,
    used: readonly { fingerprint: Fingerprint; recipe: RecipeKey }[],
  ): Promise<void> {
    const removed: UploadToken[] = [];
    for (const { fingerprint, recipe } of used) {
      const key = keyOf(account, fingerprint, recipe);
      const token = this.#tokens.get(key);
      if (token === undefined) continue;
      this.#tokens.delete(key);
      removed.push(token.token);
    }
    if (removed.length > 0) await this.store.save([], removed);
  }
}

function keyOf(account: AccountKey, fingerprint: Fingerprint, recipe: RecipeKey): string {
  return `${account} ${fingerprint} ${recipe}`;
}
