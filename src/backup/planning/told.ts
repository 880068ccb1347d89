import { inSlices, type Fingerprint, type MediaItem, type VaultImage, type VaultPath } from "../../model";
import type { Context } from "../context";
import { largestHere } from "./plan";

/**
 * While nobody is signed in, or another window works, what journals have written down is all that can be shown. An image
 * that was never read here is taken for the one they tell of where path and size are the same: to be sure it would have
 * to be read, and a file that a sync tool keeps elsewhere be brought down for it. Nothing rests on it. Where nobody is
 * signed in, surfaces say that it is so; another window is this device's own, and reads what it tells of. What is too large
 * for a phone is never read there: of that nothing else can be shown either.
 */
export class Told {
  readonly #context: Context;
  /** Of images that are read none. */
  #places: ReadonlyMap<VaultPath, Fingerprint> = new Map();
  #counts = false;

  constructor(context: Context) {
    this.#context = context;
  }

  get #isAllThereIs(): boolean {
    const why = this.#context.holds.blocking?.why;
    return why === "signed-out" || why === "other-window";
  }

  /** Whether what is told begins to count, or does so no longer: everything is to be planned anew then. */
  get hasTurned(): boolean {
    return this.#isAllThereIs !== this.#counts;
  }

  /** Takes in what has been written down, and whether that counts. */
  async refresh(): Promise<void> {
    const { ledger, ports, settings } = this.#context;
    const places = new Map<VaultPath, Fingerprint>();
    this.#counts = this.#isAllThereIs;
    const largest = this.#counts ? 0 : largestHere(settings(), ports.limits.isPhone);
    const account = largest < Infinity ? this.#context.account() : undefined;
    await inSlices(account ? ledger.all(account) : [], ports.clock, (known) => {
      const { path, fingerprint, size = 0 } = known;
      if (path !== undefined && size >= largest && !known.isSuperseded) places.set(path, fingerprint);
    });
    this.#places = places;
  }

  /** The item that stands for an unread image, by what journals tell. */
  itemOf({ path, size }: VaultImage): MediaItem | undefined {
    const account = this.#context.account();
    const fingerprint = this.#places.get(path);
    const known = account && fingerprint ? this.#context.ledger.known(account, fingerprint) : undefined;
    return known?.size === size ? known.item : undefined;
  }
}
