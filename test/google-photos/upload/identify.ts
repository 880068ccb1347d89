import type { Request } from "../call";
import { bearerOf } from "../sign-in/bearer";
import { scope } from "../sign-in/scopes";
import { projectOf, type Bearer } from "../sign-in/sign-ins";
import type { Incoming } from "../wire/incoming";
import { apiDisabled, noUploadSession, photosDisabledForUser, storageFull } from "../wire/refusal";
import { html, type Reply } from "../wire/reply";

/** A header of the upload protocol, which may also come as a query parameter (fact sheet §3.1). */
export function uploadHeader(incoming: Pick<Incoming, "url" | "header">, name: string): string | undefined {
  const header = incoming.header(name);
  if (header !== undefined && header !== "") return header;
  for (const [key, value] of incoming.url.searchParams) if (key.toLowerCase() === name) return value;
  return undefined;
}

/**
 * Who uploads.
 *
 * @throws Refusal 401 with code 16 for no or too little sign-in, and whatever else keeps bytes out
 */
export function admitUpload({ service, incoming }: Request): Bearer {
  const bearer = bearerOf(service, incoming);
  if (bearer === undefined) throw noUploadSession();
  if (service.switches.checkScopes && !bearer.scopes.includes(scope.append)) throw noUploadSession();
  if (service.switches.apiDisabled === "project") throw apiDisabled(projectOf(bearer.client));
  if (service.switches.apiDisabled === "user") throw photosDisabledForUser();
  const spent = service.quotas.request(bearer.client);
  if (spent !== undefined) throw spent;
  if (service.switches.storageFull && service.switches.uploadWhenFull === "refuse") throw storageFull();
  return bearer;
}

/** The name given with the bytes, as the switch reads one that is not ASCII; a page where it refuses it. */
export function uploadName({ service, incoming }: Request): { name: string | null } | { refused: Reply } {
  const header = incoming.header("x-goog-upload-file-name");
  if (header === undefined || header === "") return { name: null };
  const ascii = [...header].every((letter) => letter.charCodeAt(0) < 0x80);
  if (ascii || service.switches.utf8FileName === "mojibake") return { name: header };
  if (service.switches.utf8FileName === "accept")
    return { name: Buffer.from(header, "latin1").toString("utf8") };
  return {
    refused: html(
      "<!DOCTYPE html><html lang=en><title>Error 400 (Bad Request)!!1</title><p><b>400.</b> That’s an error." +
        "<p>Your client has issued a malformed or illegal request. That’s all we know.</html>",
      400,
    ),
  };
}
