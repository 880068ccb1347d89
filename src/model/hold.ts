/** Why Google refuses us until the person changes something in their Google account or project. */
export type Refusal = "api-off" | "scope-missing" | "account-blocked" | "client-wrong";

/** Why nothing is sent now. Times are milliseconds since 1970. */
export type Hold =
  | { readonly why: "first-use" }
  /** A newer version of the plugin has written journals or settings. */
  | { readonly why: "newer-ledger" }
  | { readonly why: "other-window" }
  /** `here`: on this device alone. */
  | { readonly why: "off"; readonly here?: true }
  | { readonly why: "paused"; readonly until?: number }
  | { readonly why: "signed-out"; readonly ended: boolean }
  | { readonly why: "refused"; readonly because: Refusal }
  | { readonly why: "storage-full"; readonly until: number }
  | { readonly why: "daily-quota"; readonly until: number }
  | { readonly why: "offline"; readonly until?: number }
  | { readonly why: "wifi" }
  | { readonly why: "power" }
  | { readonly why: "background" }
  | { readonly why: "rate-limit"; readonly until: number };

export type HoldName = Hold["why"];

/** Which hold is told when several are on: the one that the person, or time, has to end first. */
const WEIGHT: Readonly<Record<HoldName, number>> = {
  "newer-ledger": 0,
  "other-window": 1,
  "signed-out": 2,
  "first-use": 3,
  off: 4,
  paused: 5,
  refused: 6,
  "storage-full": 7,
  background: 8,
  offline: 9,
  wifi: 10,
  power: 11,
  "daily-quota": 12,
  "rate-limit": 13,
};

/** The hold to tell of, out of all that are on. */
export function gravest(holds: Iterable<Hold>): Hold | undefined {
  let found: Hold | undefined;
  for (const hold of holds) {
    if (!found || WEIGHT[hold.why] < WEIGHT[found.why]) found = hold;
  }
  return found;
}
