import { anObject, aText, readJson, withDefault } from "../model";
import { fromBase64Url } from "./base64url";

/** Whose account it is. */
export interface Identity {
  /** Google's id of the account; empty where Google does not say it. */
  readonly sub: string;
  /** Empty where the person did not share it. */
  readonly email: string;
}

const claims = anObject({ aud: aText, sub: aText, email: withDefault(aText, "") });

/**
 * Who an `id_token` says has signed in; nobody where it says nothing for this client. Its signature needs no check as it
 * comes straight from Google's token endpoint over TLS (OpenID Connect Core §3.1.3.7).
 */
export function identityIn(idToken: string | null | undefined, clientId: string): Identity {
  const bytes = fromBase64Url(idToken?.split(".")[1] ?? "");
  const read = readJson(claims, new TextDecoder().decode(bytes));
  return read?.aud === clientId ? { sub: read.sub, email: read.email } : { sub: "", email: "" };
}
