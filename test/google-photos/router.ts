import type { IncomingMessage, ServerResponse } from "node:http";
import type { Call } from "./call";
import { control, isControl } from "./control";
import { downloadCalls } from "./downloads/calls";
import { libraryDiscovery } from "./library-discovery";
import { albumMethods } from "./methods/albums";
import { batchCreate } from "./methods/batch-create";
import { mediaItemMethods } from "./methods/media-items";
import { photosCall } from "./methods/photos-method";
import { search } from "./methods/search";
import { galleryCalls } from "./pages/gallery";
import { serve } from "./serve";
import type { Service } from "./service";
import { consentCalls } from "./sign-in/consent";
import { identityCalls } from "./sign-in/identity";
import { tokenCalls } from "./sign-in/token";
import { uploadCalls } from "./upload/calls";
import { preflightHeaders } from "./wire/cors";
import { notFound, Refusal } from "./wire/refusal";
import { json } from "./wire/reply";

/** Everything the service answers, whichever of Google's hosts it belongs to: paths tell them apart. */
const calls: readonly Call[] = [
  ...uploadCalls,
  ...[batchCreate, search, ...mediaItemMethods, ...albumMethods].map(photosCall),
  ...consentCalls,
  ...tokenCalls,
  ...identityCalls,
  {
    name: "discovery.library",
    kind: "discovery",
    verb: "GET",
    path: /^\/\$discovery\/rest$/,
    refuses: "envelope",
    answer: ({ service }) => json(libraryDiscovery(service.origin)),
  },
  ...downloadCalls,
  ...galleryCalls,
];

/** A path of the service with a verb it does not know, or no path of the service. */
function unknownCall(service: Service, verb: string, pathKnown: boolean): Call {
  const wrongVerb = pathKnown && (verb !== "DELETE" || service.switches.deleteMethods === "405");
  return {
    name: "unknown",
    kind: "unknown",
    verb,
    path: /^/,
    refuses: "envelope",
    answer() {
      throw wrongVerb ? new Refusal(405, "UNIMPLEMENTED", "Method Not Allowed") : notFound();
    },
  };
}

/** The named parts of a path; undefined where a broken percent-encoding names nothing. */
function decode(groups: Record<string, string | undefined> | undefined): Record<string, string> | undefined {
  try {
    const given = Object.entries(groups ?? {});
    return Object.fromEntries(
      given.flatMap(([name, value]) => (value === undefined ? [] : [[name, decodeURIComponent(value)]])),
    );
  } catch {
    return undefined;
  }
}

/** Finds what a request asks for and has it served. */
export async function route(
  service: Service,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", service.origin);
  const verb = request.method ?? "GET";
  if (isControl(pathname)) return control(service, request, response);
  if (verb === "OPTIONS" && service.switches.cors === "open") {
    request.resume();
    response.writeHead(200, preflightHeaders(request.headers)).end();
    return;
  }
  const atPath = calls.filter((call) => call.path.test(pathname));
  const call = atPath.find((known) => known.verb === verb || (verb === "HEAD" && known.verb === "GET"));
  const params = decode(call?.path.exec(pathname)?.groups);
  if (call === undefined || params === undefined) {
    return serve(
      service,
      unknownCall(service, verb, call === undefined && atPath.length > 0),
      {},
      request,
      response,
    );
  }
  return serve(service, call, params, request, response);
}
