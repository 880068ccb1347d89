import type { AccountKey, Fingerprint } from "../model";
import type { Context } from "./context";
import type { LineOf } from "./journal";

/** An item that gives way to a newer version of its file. */
export interface Replaced {
  readonly fp: Fingerprint;
  readonly item: LineOf<"item">;
}

/** All items of an older version, where two devices have met; none where another file of the vault still has its bytes. */
export function replacedBy(
  fp: Fingerprint | undefined,
  account: AccountKey,
  { catalogue, ledger }: Context,
): readonly Replaced[] {
  const record = fp && ledger.record(account, fp);
  if (!record || catalogue.pathsOf(fp).length > 0) return [];
  return record.present.flatMap((id) => {
    const item = record.told(id);
    return item === undefined || record.endingOf(id) ? [] : [{ fp, item }];
  });
}

/** The line that says so. */
export function superseded({ fp, item }: Replaced) {
  return { what: "superseded", fp, id: item.id } as const;
}
