import { nameOf, type AccountKey, type VaultPath } from "../model";
import type { FoundImage } from "./catalogue";
import type { Context } from "./context";

/**
 * While nobody is signed in, what other devices have written down is all that can be shown: images that their journals
 * may tell of, by their names, are read to know what they are.
 */
export class Told {
  readonly #tried = new Set<string>();
  #isReading = false;

  constructor(
    private readonly context: Context,
    private readonly account: () => AccountKey | undefined,
    private readonly identify: (path: VaultPath) => Promise<void>,
  ) {}

  /** Whether there is something to read now. */
  get due(): boolean {
    return !this.#isReading && this.#isSignedOut && this.#unread().next().done === false;
  }

  /** Reads, one after another, for as long as nobody signs in. */
  async read(): Promise<void> {
    this.#isReading = true;
    for (const found of [...this.#unread()]) {
      if (!this.#isSignedOut) break;
      this.#tried.add(keyOf(found));
      await this.identify(found.image.path);
    }
    this.#isReading = false;
  }

  get #isSignedOut(): boolean {
    return this.context.holds.blocking?.why === "signed-out";
  }

  *#unread(): Generator<FoundImage> {
    const account = this.account();
    if (account === undefined) return;
    const names = this.context.ledger.names(account);
    for (const found of this.context.catalogue.all()) {
      const { state, fingerprint, image } = found;
      if (state.is !== "waiting" || fingerprint !== undefined || this.#tried.has(keyOf(found))) continue;
      if (names.has(nameOf(image.path))) yield found;
    }
  }
}

function keyOf({ image }: FoundImage): string {
  return `${image.mtime} ${image.path}`;
}
