import { anObject, aText, readJson, withDefault } from "../model";
import { fromBase64Url } from "./base64url";
import { refusalOf } from "./errors";
import { answerIn } from "./exchange";
import { isDone, textOf } from "./reply";
import type { Transport } from "./transport";
import { identity } from "./wire";

/** Whose account it is; both empty where the person did not share it. */
export interface Identity {
  readonly sub: string;
  readonly email: string;
}

const USER_INFO = "https://openidconnect.googleapis.com/v1/userinfo";
const REFUSALS: ReadonlySet<number> = new Set([401, 403, 404]);

const claims = anObject({ aud: aText, sub: aText, email: withDefault(aText, "") });

/**
 * Who an `id_token` says has signed in; nothing where it says nothing for this client. Its signature needs no check
 * as it comes straight from Google's token endpoint over TLS (OpenID Connect Core §3.1.3.7).
 */
export function identityIn(idToken: string | undefined, clientId: string): Identity | undefined {
  const bytes = fromBase64Url(idToken?.split(".")[1] ?? "");
  const read = readJson(claims, new TextDecoder().decode(bytes));
  return read?.aud === clientId ? { sub: read.sub, email: read.email } : undefined;
}

/**
 * Asks Google whose account it is (fact sheet §1.9). A refusal means that the person did not share it, which must not
 * stop the backup; a page of something in between is no refusal.
 *
 * @throws PhotosError  where Google could not be asked
 */
export async function askIdentity(transport: Transport, signal: AbortSignal): Promise<Identity> {
  const reply = await transport.ask({ kind: "read", method: "GET", url: USER_INFO }, signal);
  const isPage = textOf(reply).trimStart().startsWith("<");
  if (REFUSALS.has(reply.status) && !isPage) return { sub: "", email: "" };
  if (!isDone(reply)) throw refusalOf(reply);
  return answerIn(reply, identity);
}
