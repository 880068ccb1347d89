import { aNumber, anObject, aText, listOf, optional, readJson, withDefault } from "../model";

/** What the body of a failed answer says, whichever of Google's forms it has. */
export interface RefusalText {
  /** Names, and then sentences, a line each; the first is an OAuth error code where it was the token endpoint. */
  readonly words: string;
  /** gRPC code of a bare status object, as `/v1/uploads` answers it (fact sheet §3.1). */
  readonly code?: number | undefined;
}

const someReasons = withDefault(listOf(anObject({ reason: optional(aText) })), []);

/** Library API (fact sheet §7.4). */
const envelope = anObject({
  error: anObject({
    message: optional(aText),
    status: optional(aText),
    details: someReasons,
    errors: someReasons,
  }),
});

/** Token endpoint (fact sheet §1.6). */
const oauth = anObject({
  error: aText,
  error_subtype: optional(aText),
  error_description: optional(aText),
});

/** Byte uploads (fact sheet §3.1). */
const bare = anObject({ code: aNumber, message: optional(aText) });

/** Reads the body of a failed answer. Never throws: HTML, an empty body or anything unknown just says nothing. */
export function readRefusal(body: string): RefusalText {
  const inEnvelope = readJson(envelope, body)?.error;
  if (inEnvelope) {
    const { status, details, errors, message } = inEnvelope;
    return { words: [status, ...[...details, ...errors].map(({ reason }) => reason), message].join("\n") };
  }
  const fromToken = readJson(oauth, body);
  if (fromToken) {
    const { error, error_subtype, error_description } = fromToken;
    return { words: [error, error_subtype, error_description].join("\n") };
  }
  const { code, message = "" } = readJson(bare, body) ?? {};
  return { words: message, code };
}
