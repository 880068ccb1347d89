import type { Call, Request } from "../call";
import { bearerOf } from "../sign-in/bearer";
import { projectOf, type Bearer } from "../sign-in/sign-ins";
import { applyMask, parseMask } from "../wire/field-mask";
import { bindQuery, type Query } from "../wire/query";
import { apiDisabled, photosDisabledForUser, scopeMissing, unauthenticated } from "../wire/refusal";
import { json, type Reply } from "../wire/reply";

/** A request to a JSON method, let in: the user is known and the scope is there. */
export interface Admitted extends Request {
  bearer: Bearer;
  query: Query;
}

export interface PhotosMethod {
  name: string;
  kind: "create" | "other";
  verb: "GET" | "POST" | "PATCH";
  path: RegExp;
  /** Any of these scopes lets a call in (fact sheet §2). */
  scopes: readonly string[];
  /** Query parameters beside the common ones. */
  parameters?: readonly string[];
  /** Counts as a write of the per-minute quota. */
  writes?: true;
  serial?: true;
  /** What it answers, as JSON; a Reply where the status is not 200. */
  run(call: Admitted): unknown;
}

/** What every JSON method does before and after its own work. */
export function photosCall(method: PhotosMethod): Call {
  const { name, kind, verb, path } = method;
  return {
    name,
    kind,
    verb,
    path,
    refuses: "envelope",
    ...(method.serial ? { serial: true as const } : {}),
    async answer(request): Promise<Reply> {
      const { service, incoming } = request;
      const parameters = incoming.url.searchParams;
      const bearer = bearerOf(service, incoming);
      if (bearer === undefined) throw unauthenticated();
      if (service.switches.apiDisabled === "project") throw apiDisabled(projectOf(bearer.client));
      if (service.switches.apiDisabled === "user") throw photosDisabledForUser();
      const spent = service.quotas.request(bearer.client);
      if (spent !== undefined) throw spent;
      const allowed =
        !service.switches.checkScopes || method.scopes.some((scope) => bearer.scopes.includes(scope));
      if (!allowed) throw scopeMissing();
      const tooFast = method.writes ? service.quotas.write(bearer.client, bearer.account) : undefined;
      if (tooFast !== undefined) throw tooFast;
      const fields = parameters.get("fields") ?? parameters.get("$fields");
      const mask = fields === null || fields === "" ? new Map<string, never>() : parseMask(fields);
      const query = bindQuery(parameters, method.parameters ?? []);
      service.library.emptyBin();
      const answer = await method.run({ ...request, bearer, query });
      const { status, value } = answer instanceof Answer ? answer : { status: 200, value: answer };
      return json(applyMask(value, mask), status, parameters.get("prettyPrint") !== "false");
    },
  };
}

/** An answer with a status of its own. */
export class Answer {
  constructor(
    readonly status: number,
    readonly value: unknown,
  ) {}
}
