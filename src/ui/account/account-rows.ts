import type { Surroundings } from "../surroundings";
import type { AccountRow } from "./account-row";
import { addressRow } from "./address-row";
import { carryOverRow } from "./carry-over-row";
import { clientRows } from "./client-rows";
import { revokeRow } from "./revoke";
import { setupRow } from "./setup-window";
import { signInRow } from "./sign-in-row";
import { testRow } from "./test-row";

export function accountRows(around: Surroundings): readonly AccountRow[] {
  const toSignIn = [...clientRows(around), signInRow(around), addressRow(around)];
  return [setupRow(around, toSignIn), ...toSignIn, testRow(around), carryOverRow(around), revokeRow(around)];
}
