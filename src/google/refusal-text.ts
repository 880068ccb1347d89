import { aNumber, anObject, aText, listOf, optional, readJson, withDefault } from "../model";

/** What the body of a failed answer says, whichever of Google's forms it has. */
export interface RefusalText {
  /** Google's sentence; empty where there was none that can be used. */
  readonly message: string;
  /** Names that say more than the sentence: gRPC status, reasons, an OAuth error code. */
  readonly names: readonly string[];
  /** gRPC code of a bare status object, as `/v1/uploads` answers it (fact sheet §3.1). */
  readonly code?: number;
}

const detail = anObject({ reason: optional(aText) });

/** Library API (fact sheet §7.4). */
const envelope = anObject({
  error: anObject({
    message: withDefault(aText, ""),
    status: optional(aText),
    details: withDefault(listOf(detail), []),
    errors: withDefault(listOf(detail), []),
  }),
});

/** Token endpoint (fact sheet §1.6). Its description is left alone: it may repeat what was sent. */
const oauth = anObject({
  error: aText,
  error_subtype: optional(aText),
  error_description: optional(aText),
});

/** Byte uploads (fact sheet §3.1). */
const bare = anObject({ code: aNumber, message: withDefault(aText, "") });

const given = (names: readonly (string | undefined)[]): string[] =>
  names.filter((name) => name !== undefined);

/** Reads the body of a failed answer. Never throws: HTML, an empty body or anything unknown just says nothing. */
export function readRefusal(body: string): RefusalText {
  const inEnvelope = readJson(envelope, body);
  if (inEnvelope) {
    const { message, status, details, errors } = inEnvelope.error;
    return { message, names: given([status, ...[...details, ...errors].map(({ reason }) => reason)]) };
  }
  const fromToken = readJson(oauth, body);
  if (fromToken) {
    const { error, error_subtype, error_description } = fromToken;
    const noSecret = /client_secret is missing/i.test(error_description ?? "") ? "no-secret" : undefined;
    return { message: "", names: given([error, error_subtype, noSecret]) };
  }
  return { message: "", names: [], ...readJson(bare, body) };
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
