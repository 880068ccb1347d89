import type { AccountKey, Clock, Fingerprint, KeptToken, RecipeKey, SegmentLog } from "../../model";
import { Together } from "../together";
import { KeptRecords } from "./kept-records";

/** Google keeps the bytes behind a token for a day (fact sheet §3.3); an hour is left for the create, in milliseconds. */
const GOOD_FOR = 23 * 3_600_000;

/** What a token is for. */
type Use = Pick<KeptToken, "account" | "fingerprint" | "recipe">;

/** Upload tokens of this device, which outlive a restart. Nobody waits until one is on disk: losing it costs an upload. */
export class KeptTokens {
  /** They come and go by the hundred, and are written down together. */
  readonly #saving: Together;

  private constructor(
    private readonly tokens: KeptRecords<KeptToken>,
    private readonly clock: Clock,
    signal: AbortSignal,
  ) {
    this.#saving = new Together(() => void tokens.save(), clock, signal);
  }

  static async open(log: SegmentLog, clock: Clock, signal: AbortSignal): Promise<KeptTokens> {
    const tokens = await KeptRecords.open<KeptToken>(log, clock);
    const kept = new KeptTokens(tokens, clock, signal);
    kept.forget([...tokens].map(([, token]) => token).filter(({ at }) => !kept.isGood(at)));
    return kept;
  }

  /** Whether a token given at this time can still be used. A clock that went back makes none of them good. */
  isGood(at: number): boolean {
    const age = this.clock.now() - at;
    return age >= 0 && age < GOOD_FOR;
  }

  find(account: AccountKey, fingerprint: Fingerprint, recipe: RecipeKey): KeptToken | undefined {
    const token = this.tokens.get(keyOf({ account, fingerprint, recipe }));
    return token && this.isGood(token.at) ? token : undefined;
  }

  keep(token: KeptToken): void {
    this.tokens.set(keyOf(token), token);
    this.#saving.note();
  }

  forget(used: readonly Use[]): void {
    for (const use of used) this.tokens.remove(keyOf(use));
    this.#saving.note();
  }
}

function keyOf({ account, fingerprint, recipe }: Use): string {
  return `${account} ${fingerprint} ${recipe}`;
}
