import type { Call, Request } from "../call";
import { unauthenticated } from "../wire/refusal";
import { json, type Reply } from "../wire/reply";
import { bearerOf } from "./bearer";
import { claims, IdTokens } from "./id-token";
import { isSignInScope } from "./scopes";

function userInfo({ service, incoming }: Request): Reply {
  const bearer = bearerOf(service, incoming);
  if (bearer === undefined || !bearer.scopes.some(isSignInScope)) throw unauthenticated();
  const { sub, email_verified, ...rest } = claims(bearer.account, bearer.scopes);
  // The first version of the endpoint has other names for two fields.
  if (incoming.url.pathname === "/oauth2/v1/userinfo") {
    return json({
      id: sub,
      ...rest,
      ...(email_verified === undefined ? {} : { verified_email: email_verified }),
    });
  }
  return json({ sub, ...rest, ...(email_verified === undefined ? {} : { email_verified }) });
}

function discovery({ service }: Request): Reply {
  const at = (path: string): string => `${service.origin}${path}`;
  return json({
    issuer: "https://accounts.google.com",
    authorization_endpoint: at("/o/oauth2/v2/auth"),
    token_endpoint: at("/token"),
    userinfo_endpoint: at("/v1/userinfo"),
    revocation_endpoint: at("/revoke"),
    jwks_uri: at("/oauth2/v3/certs"),
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    scopes_supported: ["openid", "email", "profile"],
    token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic"],
    claims_supported: ["aud", "email", "email_verified", "exp", "given_name", "iat", "iss", "name", "sub"],
    code_challenge_methods_supported: ["plain", "S256"],
    grant_types_supported: ["authorization_code", "refresh_token"],
  });
}

const userInfoPath = /^\/(?:v1|oauth2\/v[123])\/userinfo$/;

/** Who is signed in, and where the endpoints are. */
export const identityCalls: readonly Call[] = [
  { name: "userinfo", kind: "userinfo", verb: "GET", path: userInfoPath, refuses: "oauth", answer: userInfo },
  {
    name: "userinfo",
    kind: "userinfo",
    verb: "POST",
    path: userInfoPath,
    refuses: "oauth",
    answer: userInfo,
  },
  {
    name: "discovery",
    kind: "discovery",
    verb: "GET",
    path: /^\/\.well-known\/openid-configuration$/,
    refuses: "envelope",
    answer: discovery,
  },
  {
    name: "certificates",
    kind: "discovery",
    verb: "GET",
    path: /^\/oauth2\/v(?<version>[13])\/certs$/,
    refuses: "envelope",
    answer: async ({ params }) =>
      json(await IdTokens.certificates(params["version"] === "1" ? "pem" : "jwk")),
  },
];
