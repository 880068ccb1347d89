import type { AccountKey, Clock, Fingerprint, KeptToken, RecipeKey, TokenStore, UploadToken } from "../model";

/** Google keeps the bytes behind a token for a day (fact sheet §3.3); an hour is left for the create, in milliseconds. */
const GOOD_FOR = 23 * 3_600_000;

/** What a token is for. */
type Use = Pick<KeptToken, "account" | "fingerprint" | "recipe">;

/** Upload tokens of this device, which outlive a restart. Nobody waits until one is on disk: losing it costs an upload. */
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
      if (kept.isGood(token.at)) kept.#tokens.set(keyOf(token), token);
      else stale.push(token.token);
    }
    kept.#save([], stale);
    return kept;
  }

  /** Whether a token given at this time can still be used. A clock that went back makes none of them good. */
  isGood(at: number): boolean {
    const age = this.clock.now() - at;
    return age >= 0 && age < GOOD_FOR;
  }

  find(account: AccountKey, fingerprint: Fingerprint, recipe: RecipeKey): KeptToken | undefined {
    const token = this.#tokens.get(keyOf({ account, fingerprint, recipe }));
    return token !== undefined && this.isGood(token.at) ? token : undefined;
  }

  keep(token: KeptToken): void {
    this.#tokens.set(keyOf(token), token);
    this.#save([token], []);
  }

  forget(used: readonly Use[]): void {
    const removed: UploadToken[] = [];
    for (const key of used.map(keyOf)) {
      const token = this.#tokens.get(key);
      if (token === undefined) continue;
      this.#tokens.delete(key);
      removed.push(token.token);
    }
    this.#save([], removed);
  }

  #save(put: readonly KeptToken[], removed: readonly UploadToken[]): void {
    if (put.length + removed.length > 0) void this.store.save(put, removed).catch(() => undefined);
  }
}

function keyOf({ account, fingerprint, recipe }: Use): string {
  return `${account} ${fingerprint} ${recipe}`;
}
