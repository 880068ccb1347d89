import { recipeOfMark, type AccountKey, type Fingerprint, type RecipeKey, type VaultPath } from "../../model";
import { givenWay } from "../account/replaced";
import type { Context } from "../context";
import { itemOfSeen } from "../ledger/journal";

/** Bytes that lie in a file of the vault, and the recipe by which they were sent, where that is known. */
export interface SentBytes {
  readonly fingerprint: Fingerprint;
  readonly path: VaultPath;
  readonly recipe?: RecipeKey | undefined;
}

/** Links an item that a look has found, or another device's journal has brought. Answers whether there was one. */
export async function adopt(
  { fingerprint, path, recipe }: SentBytes,
  account: AccountKey,
  context: Context,
): Promise<boolean> {
  const { catalogue, index, ledger, settings } = context;
  if (ledger.record(account, fingerprint)?.item !== undefined) {
    context.conclude(fingerprint);
    return true;
  }
  const seen = ledger.seen(account, fingerprint);
  if (seen === undefined) return false;
  // The name tells the quality; whether a date was written only an intent could tell.
  const guess = recipeOfMark(seen.mark, settings().dates);
  const item = itemOfSeen(fingerprint, seen, recipe ?? guess);
  await context.write(account, [
    // Whoever made it may have been stopped before the older version gave way to it. First: a kill may tear the write.
    ...givenWay(index.last(path)?.before, account, context),
    { ...item, ...catalogue.placeOf(fingerprint, path) },
    // Among the older versions it counts as one of them, until it has come back from there.
    ...(seen.older === true
      ? [{ what: "superseded", fp: fingerprint, id: seen.id, out: true } as const]
      : []),
  ]);
  context.conclude(fingerprint);
  return true;
}
