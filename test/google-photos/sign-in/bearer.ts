import type { Service } from "../service";
import type { Incoming } from "../wire/incoming";
import type { Bearer } from "./sign-ins";

/** Who a request speaks for, by its Authorization header or `access_token` parameter. */
export function bearerOf(service: Service, incoming: Incoming): Bearer | undefined {
  const header = /^Bearer +(\S+)$/i.exec(incoming.header("authorization") ?? "")?.[1];
  const token =
    header ?? incoming.url.searchParams.get("access_token") ?? incoming.url.searchParams.get("oauth_token");
  return token === null ? undefined : service.signIns.bearer(token);
}
