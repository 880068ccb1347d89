import { createHash } from "node:crypto";
import type { Call, Request } from "../call";
import { formFields, type Incoming } from "../wire/incoming";
import { json, type Reply } from "../wire/reply";
import { IdTokens } from "./id-token";
import { invalidGrant, OAuthError } from "./oauth-error";
import { scope } from "./scopes";
import type { Client, Code } from "./sign-ins";

/** A client's id and secret, from the form or from HTTP Basic (fact sheet §1.4). */
function credentials(incoming: Incoming, form: URLSearchParams): { id: string; secret: string } {
  const basic = /^Basic +(\S+)$/i.exec(incoming.header("authorization") ?? "")?.[1];
  if (basic === undefined)
    return { id: form.get("client_id") ?? "", secret: form.get("client_secret") ?? "" };
  const [id = "", secret = ""] = Buffer.from(basic, "base64")
    .toString("utf8")
    .split(":")
    .map(decodeURIComponent);
  return { id, secret };
}

function readClient({ service, incoming }: Request, form: URLSearchParams): Client {
  const { id, secret } = credentials(incoming, form);
  if (id === "") throw new OAuthError(400, "invalid_request", "Could not determine client ID from request.");
  const client = service.signIns.clients.get(id);
  if (client === undefined) throw new OAuthError(401, "invalid_client", "The OAuth client was not found.");
  if (secret === "") {
    if (service.switches.secretRequired)
      throw new OAuthError(400, "invalid_request", "client_secret is missing.");
  } else if (secret !== client.secret) throw new OAuthError(401, "invalid_client", "Unauthorized");
  return client;
}

function verifierFits(code: Code, verifier: string | null): boolean {
  if (code.challenge === undefined) return true;
  if (verifier === null || !/^[A-Za-z0-9\-._~]{43,128}$/.test(verifier)) return false;
  const made = code.method === "plain" ? verifier : createHash("sha256").update(verifier).digest("base64url");
  return made === code.challenge;
}

const tokenReply = (body: Record<string, unknown>): Reply => {
  const reply = json(body);
  return { ...reply, headers: { ...reply.headers, "cache-control": "no-store", pragma: "no-cache" } };
};

async function exchange(request: Request, form: URLSearchParams, client: Client): Promise<Reply> {
  const { service } = request;
  const strict = service.switches.strictCodeExchange;
  const code = service.signIns.codes.get(form.get("code") ?? "");
  if (code === undefined || code.client !== client.id) throw invalidGrant("Bad Request");
  if (service.clock.now() >= code.until || (strict && code.used)) throw invalidGrant("Bad Request");
  if (strict && form.get("redirect_uri") !== code.redirectUri) {
    throw new OAuthError(400, "redirect_uri_mismatch", "Bad Request");
  }
  const verifier = form.get("code_verifier");
  if (strict && !verifierFits(code, verifier)) {
    throw invalidGrant(verifier === null ? "Missing code verifier." : "Invalid code verifier.");
  }
  code.used = true;
  const { accessToken, refreshToken } = service.signIns.grant(client.id, code.account, code.scopes);
  const tells = [scope.openid, scope.email, scope.profile, "email", "profile"].some((name) =>
    code.scopes.includes(name),
  );
  return tokenReply({
    access_token: accessToken,
    expires_in: service.switches.accessTokenSeconds,
    refresh_token: refreshToken,
    scope: code.scopes.join(" "),
    token_type: "Bearer",
    ...(tells ? { id_token: await IdTokens.sign(service, client.id, code.account, code.scopes) } : {}),
  });
}

function refresh({ service }: Request, form: URLSearchParams, client: Client): Reply {
  const token = form.get("refresh_token");
  if (token === null || token === "")
    throw new OAuthError(400, "invalid_request", "Missing required parameter: refresh_token");
  if (service.switches.sessionControl)
    throw invalidGrant("reauth related error (invalid_rapt)", "invalid_rapt");
  const fresh = service.signIns.refresh(token, client.id);
  if (fresh === undefined) throw invalidGrant("Token has been expired or revoked.");
  return tokenReply({
    access_token: fresh.accessToken,
    expires_in: service.switches.accessTokenSeconds,
    ...(service.switches.refreshRotates ? { refresh_token: fresh.refreshToken } : {}),
    scope: fresh.scopes.join(" "),
    token_type: "Bearer",
  });
}

async function token(request: Request): Promise<Reply> {
  const form = formFields(request.incoming);
  const type = form.get("grant_type");
  if (type === null)
    throw new OAuthError(400, "invalid_request", "Required parameter is missing: grant_type");
  if (type !== "authorization_code" && type !== "refresh_token") {
    throw new OAuthError(400, "unsupported_grant_type", `Invalid grant_type: ${type}`);
  }
  const client = readClient(request, form);
  return type === "refresh_token" ? refresh(request, form, client) : exchange(request, form, client);
}

function revoke({ service, incoming }: Request): Reply {
  const named = formFields(incoming).get("token");
  if (named === null || named === "")
    throw new OAuthError(400, "invalid_request", "Missing required parameter: token");
  if (!service.signIns.revoke(named)) throw new OAuthError(400, "invalid_token", "Token expired or revoked");
  return json({});
}

export const tokenCalls: readonly Call[] = [
  {
    name: "token",
    kind: "token",
    verb: "POST",
    path: /^\/(?:oauth2\/v[34]\/)?token$/,
    refuses: "oauth",
    answer: token,
  },
  {
    name: "revoke",
    kind: "revoke",
    verb: "POST",
    path: /^\/(?:o\/oauth2\/)?revoke$/,
    refuses: "oauth",
    answer: revoke,
  },
  {
    name: "revoke",
    kind: "revoke",
    verb: "GET",
    path: /^\/o\/oauth2\/revoke$/,
    refuses: "oauth",
    answer: revoke,
  },
];
