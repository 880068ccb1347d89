import { anObject, aText, oneOf, readJson, withDefault } from "../model";
import type { Client } from "./auth-client";

/** What a text that should be a client's JSON turned out to be. */
export type ClientReading =
  | { readonly is: "client"; readonly client: Client }
  /** No JSON at all, or JSON that holds no client. */
  | { readonly is: "not-a-client" }
  /** A client of the type "Web application", which takes no answer on this device. */
  | { readonly is: "web-client" }
  /** A service account, which Google Photos does not know (fact sheet §1.7). */
  | { readonly is: "service-account" }
  /** An Android, iOS or other client without a secret (fact sheet §1.4). */
  | { readonly is: "no-secret" }
  /** The id is none: it does not end as Google's do, or has characters that they do not have. */
  | { readonly is: "wrong-id" };

const installed = anObject({
  installed: anObject({ client_id: aText, client_secret: withDefault(aText, "") }),
});

/** As `1234-abc.apps.googleusercontent.com`: one that was typed by half must not take the place of one that works. */
const ID = /^[\w.-]+\.apps\.googleusercontent\.com$/;

/** Reads what a person gives for a client: the JSON of Google's console for one of the type "Desktop app", or id and secret. */
export function readClient(given: string | { readonly id: string; readonly secret: string }): ClientReading {
  if (typeof given === "string") return readClientJson(given.trim());
  const client = { id: given.id.trim(), secret: given.secret.trim() };
  if (!ID.test(client.id)) return { is: "wrong-id" };
  return client.secret === "" ? { is: "no-secret" } : { is: "client", client };
}

function readClientJson(json: string): ClientReading {
  if (readJson(anObject({ web: anObject({}) }), json)) return { is: "web-client" };
  if (readJson(anObject({ type: oneOf(["service_account"]) }), json)) return { is: "service-account" };
  const found = readJson(installed, json)?.installed;
  return found ? readClient({ id: found.client_id, secret: found.client_secret }) : { is: "not-a-client" };
}
