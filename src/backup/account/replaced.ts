import type { AccountKey, Fingerprint, MediaItemId } from "../../model";
import type { Basis } from "../basis";

/** A line by which an item gives way to a newer version. */
export interface LineOfOlder {
  readonly what: "superseded";
  readonly fp: Fingerprint;
  readonly id: MediaItemId;
}

/**
 * The lines by which all items of an older version give way, where two devices have met, and those of the version before it
 * where it is not known whether it was made; none where another file of the vault still has its bytes.
 *
 * @param until  only intents before this counter are followed
 */
export function givenWay(
  fp: Fingerprint | undefined,
  account: AccountKey,
  context: Pick<Basis, "catalogue" | "ledger">,
  until = Infinity,
): readonly LineOfOlder[] {
  const { catalogue, ledger } = context;
  const record = fp && ledger.record(account, fp);
  if (!record || catalogue.has(fp)) return [];
  const counting = record.present.filter((id) => record.endingOf(id) === undefined);
  return [
    ...counting.map((id) => ({ what: "superseded", fp, id }) as const),
    ...record.openIntents.flatMap(({ n, replaces }) =>
      n < until ? givenWay(replaces, account, context, n) : [],
    ),
  ];
}
