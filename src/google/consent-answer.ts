import type { PendingConsent } from "./kept";

/** What an address that should bring Google's answer says, held against the consent that was asked for. */
export type ConsentAnswer =
  | { readonly is: "code"; readonly code: string }
  /** The person said no. */
  | { readonly is: "denied" }
  /** Google says no, in its own word: `admin_policy_enforced`, `invalid_scope` … */
  | { readonly is: "refused"; readonly word: string }
  /** It belongs to another consent than the one that was asked for. */
  | { readonly is: "wrong-state" }
  | { readonly is: "not-an-answer" };

/**
 * Reads the answer out of whatever a person may bring: the whole address, `obsidian://…`, the query alone, or the
 * fields that Obsidian has taken out of the address.
 */
export function readConsentAnswer(
  brought: string | Readonly<Record<string, string>>,
  pending: Pick<PendingConsent, "state">,
): ConsentAnswer {
  const fields = new URLSearchParams(typeof brought === "string" ? queryIn(brought) : brought);
  const code = fields.get("code") ?? "";
  const refusal = fields.get("error") ?? "";
  if (code === "" && refusal === "") return { is: "not-an-answer" };
  // The state first: without it anybody could end or take over a sign-in.
  if (fields.get("state") !== pending.state) return { is: "wrong-state" };
  if (code !== "") return { is: "code", code };
  return refusal === "access_denied"
    ? { is: "denied" }
    : { is: "refused", word: refusal.replace(/[^a-z_]/g, "") };
}

function queryIn(text: string): string {
  return text
    .trim()
    .replace(/^[^?#]*[?]/, "")
    .replace(/#.*$/, "");
}
