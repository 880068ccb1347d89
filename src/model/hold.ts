/** Why Google refuses us until the person changes something in their Google account or project. */
export type Refusal = "api-off" | "scope-missing" | "account-blocked" | "client-wrong";

/** Why nothing is sent now. Times are milliseconds since 1970. */
export type Hold =
  /** Something happened that nobody expected, such as a file of the plugin's that cannot be written. */
  | { readonly why: "stopped"; readonly until: number }
  | { readonly why: "first-use" }
  /** A newer version of the plugin has written journals or settings. */
  | { readonly why: "newer-ledger" }
  | { readonly why: "other-window" }
  /** `here`: on this device alone. */
  | { readonly why: "off"; readonly here: boolean }
  | { readonly why: "paused"; readonly until?: number | undefined }
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

/**
 * Who ends a hold: the person, who has chosen it; the person, who has to mend something; or nobody: it ends by itself. Those stand
 * first that are told when several are on: they have to end first.
 */
const ENDS_BY: Readonly<Record<HoldName, "choice" | "mending" | "time">> = {
  stopped: "time",
  "newer-ledger": "mending",
  "other-window": "time",
  // Signing in is one of the steps of first use.
  "first-use": "choice",
  "signed-out": "mending",
  off: "choice",
  paused: "choice",
  refused: "mending",
  "storage-full": "mending",
  background: "time",
  offline: "time",
  wifi: "time",
  power: "time",
  "daily-quota": "time",
  "rate-limit": "time",
};

/** The hold to tell of, out of all that are on. */
export function gravest(holds: Iterable<Hold>): Hold | undefined {
  const gravestFirst = Object.keys(ENDS_BY);
  const weight = ({ why }: Hold): number => gravestFirst.indexOf(why);
  return [...holds].sort((one, other) => weight(one) - weight(other))[0];
}

/** Whether a person has to mend something, which is more than what they have chosen themselves. */
export function isTrouble({ why }: Hold): boolean {
  return ENDS_BY[why] === "mending";
}

/** Whether a hold is a person's: one that they end, or have set an end to. The others pass. */
export function isOfPerson({ why }: Hold): boolean {
  return ENDS_BY[why] !== "time";
}
