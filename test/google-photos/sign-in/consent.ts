import type { Call, Request } from "../call";
import { consentForm, errorPage } from "../pages/consent-pages";
import { formFields } from "../wire/incoming";
import { html, redirect, type Reply } from "../wire/reply";
import type { Asked } from "./consents";
import { grantedNames, isDriveScope, isPhotosScope, isSignInScope } from "./scopes";

/** Error pages that never lead back to the app (fact sheet §1.2), with what Google says there. */
const blocked: Record<string, { status: number; says: string }> = {
  access_denied_testing: {
    status: 403,
    says: "The app is currently being tested, and can only be accessed by developer-approved testers.",
  },
  admin_policy_enforced: {
    status: 400,
    says: "Your administrator has blocked access to one or more of the services this app asks for.",
  },
  org_internal: { status: 403, says: "This client is restricted to users within its organization." },
  deleted_client: { status: 401, says: "The OAuth client was deleted." },
  disallowed_useragent: {
    status: 403,
    says: "This browser or app may not be secure: Google does not allow signing in from it.",
  },
  rate_limit_exceeded: { status: 403, says: "This app has reached its sign-in rate limit for now." },
};

/** Loopback addresses that a Desktop client may use, on any port (fact sheet §1.3). */
const loopback = /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(:\d{1,5})?(\/[^#]*)?$/;
const challengeShape = /^[A-Za-z0-9\-._~]{43,128}$/;

class PageError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    says: string,
  ) {
    super(says);
  }
}

function readAsked({ service, incoming }: Request): Asked {
  const query = incoming.url.searchParams;
  const need = (name: string): string => {
    const value = query.get(name);
    if (value === null || value === "")
      throw new PageError(400, "invalid_request", `Missing required parameter: ${name}`);
    return value;
  };
  const client = need("client_id");
  if (!service.signIns.clients.has(client))
    throw new PageError(401, "invalid_client", "The OAuth client was not found.");
  const redirectUri = need("redirect_uri");
  if (!loopback.test(redirectUri)) {
    throw new PageError(
      400,
      "redirect_uri_mismatch",
      `The redirect URI in the request, ${redirectUri}, does not match a registered one.`,
    );
  }
  if (need("response_type") !== "code")
    throw new PageError(400, "unsupported_response_type", "Only 'code' is served here.");
  const scopes = need("scope")
    .split(" ")
    .filter((name) => name !== "");
  if (scopes.some(isPhotosScope) && scopes.some(isDriveScope)) {
    throw new PageError(400, "invalid_request", "Scopes that cannot be requested together.");
  }
  const challenge = query.get("code_challenge") ?? undefined;
  const method = query.get("code_challenge_method") ?? "plain";
  if (method !== "S256" && method !== "plain")
    throw new PageError(400, "invalid_request", "Invalid code challenge method.");
  if (challenge !== undefined && !challengeShape.test(challenge))
    throw new PageError(400, "invalid_request", "Invalid code challenge.");
  return {
    client,
    redirectUri,
    scopes: grantedNames(scopes, service.switches.emailScope),
    state: query.get("state") ?? undefined,
    loginHint: query.get("login_hint") ?? undefined,
    challenge,
    method,
  };
}

/** Which of the asked-for scopes have a box of their own (fact sheet §1.8). */
export function boxedScopes(scopes: readonly string[]): string[] {
  const others = scopes.filter((name) => !isSignInScope(name));
  const signsIn = others.length < scopes.length;
  return others.length > 1 || (signsIn && others.length === 1) ? others : [];
}

function showConsent(request: Request): Reply {
  const { service, incoming } = request;
  const page = service.switches.consentPage;
  // Google refuses views inside an app by what the browser says it is.
  const embedded = /Electron\/|; wv\)/.test(incoming.header("user-agent") ?? "");
  const reason = page === "ask" ? (embedded ? "disallowed_useragent" : undefined) : page;
  const block = reason === undefined ? undefined : blocked[reason];
  try {
    if (reason !== undefined && block !== undefined) {
      throw new PageError(block.status, reason.replace("_testing", ""), block.says);
    }
    const asked = readAsked(request);
    const boxes = boxedScopes(asked.scopes);
    return html(consentForm(service, service.consents.open(asked), asked, boxes));
  } catch (error) {
    if (!(error instanceof PageError)) throw error;
    return html(errorPage(error.status, error.code, error.message), error.status);
  }
}

function decide({ service, incoming }: Request): Reply {
  const form = formFields(incoming);
  const id = form.get("session") ?? "";
  const asked = service.consents.get(id);
  if (asked === undefined)
    return html(errorPage(400, "invalid_request", "This consent screen is no longer open."), 400);
  service.consents.close(id);
  const back = new URL(asked.redirectUri);
  if (asked.state !== undefined) back.searchParams.set("state", asked.state);
  const ticked = form.getAll("scope");
  const boxes = boxedScopes(asked.scopes);
  const scopes = asked.scopes.filter((name) => !boxes.includes(name) || ticked.includes(name));
  if (form.get("decision") !== "allow" || scopes.length === 0) {
    back.searchParams.set("error", "access_denied");
    return redirect(back.href, 302);
  }
  const account = service.accounts().find((name) => name === form.get("account")) ?? service.accounts()[0];
  const { client, redirectUri, challenge, method } = asked;
  back.searchParams.set(
    "code",
    service.signIns.newCode({ client, account, scopes, redirectUri, challenge, method }),
  );
  back.searchParams.set("scope", scopes.join(" "));
  back.searchParams.set("authuser", "0");
  back.searchParams.set("prompt", "consent");
  return redirect(back.href, 302);
}

/** The consent screen, under its name of today and its older one. */
export const consentCalls: readonly Call[] = [
  {
    name: "consent.show",
    kind: "consent",
    verb: "GET",
    path: /^\/o\/oauth2\/(?:v2\/)?auth$/,
    refuses: "page",
    answer: showConsent,
  },
  {
    name: "consent.decide",
    kind: "consent",
    verb: "POST",
    path: /^\/o\/oauth2\/(?:v2\/)?auth$/,
    refuses: "page",
    answer: decide,
  },
];
