import * as v from "valibot";

/** What the body of a failed answer says, whichever of Google's forms it has. */
export interface RefusalText {
  /** Google's sentence; empty where there was none that can be used. */
  readonly message: string;
  /** Names that say more than the sentence: gRPC status, reasons, an OAuth error code. */
  readonly names: readonly string[];
  /** gRPC code of a bare status object, as `/v1/uploads` answers it (fact sheet §3.1). */
  readonly code?: number;
}

const detail = v.looseObject({ reason: v.optional(v.string()) });

/** Library API (fact sheet §7.4). */
const envelope = v.looseObject({
  error: v.looseObject({
    message: v.optional(v.string(), ""),
    status: v.optional(v.string()),
    details: v.optional(v.array(detail)),
    errors: v.optional(v.array(detail)),
  }),
});

/** Token endpoint (fact sheet §1.6). Its description is left alone: it may repeat what was sent. */
const oauth = v.looseObject({
  error: v.string(),
  error_subtype: v.optional(v.string()),
  error_description: v.optional(v.string()),
});

/** Byte uploads (fact sheet §3.1). */
const bare = v.looseObject({ code: v.number(), message: v.optional(v.string(), "") });

const given = (names: readonly (string | undefined)[]): string[] =>
  names.filter((name) => name !== undefined);

/** Reads the body of a failed answer. Never throws: HTML, an empty body or anything unknown just says nothing. */
export function readRefusal(body: string): RefusalText {
  const json = v.safeParse(v.pipe(v.string(), v.parseJson()), body);
  if (!json.success) return { message: "", names: [] };
  const inEnvelope = v.safeParse(envelope, json.output);
  if (inEnvelope.success) {
    const { message, status, details = [], errors = [] } = inEnvelope.output.error;
    return { message, names: given([status, ...[...details, ...errors].map(({ reason }) => reason)]) };
  }
  const fromToken = v.safeParse(oauth, json.output);
  if (fromToken.success) {
    const { error, error_subtype, error_description } = fromToken.output;
    const noSecret = /client_secret is missing/i.test(error_description ?? "") ? "no-secret" : undefined;
    return { message: "", names: given([error, error_subtype, noSecret]) };
  }
  const isBare = v.safeParse(bare, json.output);
  if (isBare.success) return { message: isBare.output.message, names: [], code: isBare.output.code };
  return { message: "", names: [] };
}

const LONGEST_QUOTE = 200;

/**
 * Google's sentence as it may be shown. Anything that could be a token is taken out, since nobody promises
 * that an answer does not repeat what was sent.
 */
export function quotable(message: string): string {
  const safe = message
    .replace(/\s+/g, " ")
    .replace(/\bya29\.\S*|\b1\/\/\S*|\b4\/\S*|\bGOCSPX-\S*/g, "…")
    .replace(/[^\s'"()<>]{32,}/g, "…")
    .trim();
  return safe.length > LONGEST_QUOTE ? `${safe.slice(0, LONGEST_QUOTE)}…` : safe;
}
