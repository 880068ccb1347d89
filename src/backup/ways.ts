import type { AccountKey, Fingerprint, RecipeKey, VaultPath } from "../model";
import type { AccountView } from "./account-view";
import type { ReadyItem } from "./batch";

/** Bytes that lie in a file of the vault, and the recipe by which they were sent, where that is known. */
export interface SentBytes {
  readonly fingerprint: Fingerprint;
  readonly path: VaultPath;
  readonly recipe?: RecipeKey | undefined;
}

/** Bytes for which intents of unknown outcome stand. */
export interface Standing {
  readonly account: AccountKey;
  readonly fingerprint: Fingerprint;
  readonly path: VaultPath;
}

/** Where the way of an image leads from one part to the next. */
export interface Ways {
  /** Google holds the bytes: an item is to be made of them. */
  ready(item: ReadyItem): void;
  /** Links an item that a look has found, or another device's journal has brought. Answers whether there was one. */
  adopt(sent: SentBytes, view: AccountView): Promise<boolean>;
  /**
   * It is unknown whether an item has been made: that has to be settled first.
   *
   * @param item        what can be created again by the same token, where this device has it
   * @param isAnswered  an answer came, so the create is not under way any more
   * @param since       when the create was, on the clock's `elapsed`; by default just now
   */
  settleFirst(standing: Standing, item: ReadyItem | undefined, isAnswered?: boolean, since?: number): void;
  /** Whether the intents for these bytes are known by now not to have come about. */
  isCleared(fingerprint: Fingerprint): boolean;
}
