import type { AccountKey, Fingerprint } from "../model";
import type { Context } from "./context";

/**
 * The lines by which all items of an older version give way, where two devices have met; none where another file of the
 * vault still has its bytes.
 */
export function givenWay(fp: Fingerprint | undefined, account: AccountKey, { catalogue, ledger }: Context) {
  const record = fp && ledger.record(account, fp);
  if (!record || catalogue.has(fp)) return [];
  const counting = record.present.filter((id) => record.endingOf(id) === undefined);
  return counting.map((id) => ({ what: "superseded", fp, id }) as const);
}
