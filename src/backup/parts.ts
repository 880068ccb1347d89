import type { AbsentImages } from "./absent";
import type { AccountSession } from "./account-session";
import type { Context } from "./context";
import type { Creator } from "./create";
import type { Sender } from "./send";
import type { Settler } from "./settle";
import type { Tidier } from "./tidy";
import type { Told } from "./told";
import type { Triage } from "./triage";
import type { Verifier } from "./verify";

/** What a running engine is made of. */
export interface Parts {
  readonly context: Context;
  readonly session: AccountSession;
  readonly triage: Triage;
  readonly sender: Sender;
  readonly settler: Settler;
  readonly creator: Creator;
  readonly tidier: Tidier;
  readonly verifier: Verifier;
  readonly told: Told;
  readonly absent: AbsentImages;
}
