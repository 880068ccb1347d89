import * as v from "valibot";
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
  /** The id is none: empty, or with characters that Google's ids do not have. */
  | { readonly is: "wrong-id" };

const installed = v.object({
  installed: v.object({ client_id: v.string(), client_secret: v.optional(v.string(), "") }),
});

/** As `1234-abc.apps.googleusercontent.com`; its ending is left to Google, which says so if it is wrong. */
const ID = /^[\w.-]+$/;

/** Reads the JSON that Google's console gives for a client of the type "Desktop app". */
export function readClientJson(text: string): ClientReading {
  const json = v.safeParse(v.pipe(v.string(), v.trim(), v.parseJson()), text);
  if (!json.success) return { is: "not-a-client" };
  if (v.is(v.object({ web: v.looseObject({}) }), json.output)) return { is: "web-client" };
  if (v.is(v.object({ type: v.literal("service_account") }), json.output)) return { is: "service-account" };
  const found = v.safeParse(installed, json.output);
  if (!found.success) return { is: "not-a-client" };
  return readClientPair(found.output.installed.client_id, found.output.installed.client_secret);
}

/** Checks an id and a secret that were typed or pasted. */
export function readClientPair(id: string, secret: string): ClientReading {
  const client = { id: id.trim(), secret: secret.trim() };
  if (!ID.test(client.id)) return { is: "wrong-id" };
  return client.secret === "" ? { is: "no-secret" } : { is: "client", client };
}
