import { createHash, randomBytes } from "node:crypto";
import type { GooglePhotos } from "./index";
import { scope } from "./index";

/** What the product asks for. */
export const askedScopes = [scope.append, scope.read, scope.edit, "email"];

export const redirectUri = "http://127.0.0.1:54321/answer";

export interface Consented {
  /** Where the person was sent, with its query. */
  back: URL;
  code: string;
  verifier: string;
  challenge: string;
}

/** The query of a full authorisation request; `with` replaces parts, an empty string takes them out. */
export function authorisationUrl(
  google: GooglePhotos,
  parts: Record<string, string> = {},
  path = "/o/oauth2/v2/auth",
): URL {
  const url = new URL(path, google.origin);
  const query = {
    client_id: google.client.id,
    redirect_uri: redirectUri,
    response_type: "code",
    scope: askedScopes.join(" "),
    state: "the state/ä=&",
    ...parts,
  };
  for (const [name, value] of Object.entries(query)) if (value !== "") url.searchParams.set(name, value);
  return url;
}

/** Reads the consent form as a browser would and sends it, with the boxes as they are but for the unticked. */
export async function answerForm(
  google: GooglePhotos,
  page: string,
  how: { deny?: boolean; untick?: readonly string[]; account?: string } = {},
): Promise<Response> {
  const form = new URLSearchParams();
  for (const [input] of page.matchAll(/<input[^>]*>/g)) {
    const attribute = (name: string): string => new RegExp(`${name}="([^"]*)"`).exec(input)?.[1] ?? "";
    const counts = attribute("type") === "hidden" || / checked/.test(input);
    const unticked = how.untick?.includes(attribute("value")) ?? false;
    if (counts && !unticked) form.append(attribute("name"), attribute("value"));
  }
  if (how.account !== undefined) form.set("account", how.account);
  form.set("decision", how.deny ? "deny" : "allow");
  return fetch(`${google.origin}/o/oauth2/v2/auth`, { method: "POST", body: form, redirect: "manual" });
}

/** Asks with PKCE and lets the person decide. */
export async function consent(
  google: GooglePhotos,
  how: { deny?: boolean; untick?: readonly string[]; account?: string; parts?: Record<string, string> } = {},
): Promise<Consented> {
  const verifier = randomBytes(48).toString("base64url");
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  const parts = { code_challenge: challenge, code_challenge_method: "S256", ...how.parts };
  const page = await fetch(authorisationUrl(google, parts));
  const answer = await answerForm(google, await page.text(), how);
  const back = new URL(answer.headers.get("location") ?? "about:blank");
  return { back, code: back.searchParams.get("code") ?? "", verifier, challenge };
}

type TokenAnswer = { status: number; body: Record<string, unknown> };

async function token(google: GooglePhotos, fields: Record<string, string>): Promise<TokenAnswer> {
  const given = Object.entries(fields).filter(([, value]) => value !== "");
  const response = await fetch(`${google.origin}/token`, {
    method: "POST",
    body: new URLSearchParams(given),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const credentials = (google: GooglePhotos): Record<string, string> => ({
  client_id: google.client.id,
  client_secret: google.client.secret,
});

/** Exchanges a code; `parts` replaces fields, an empty string takes them out. */
export const exchange = (
  google: GooglePhotos,
  from: Consented,
  parts: Record<string, string> = {},
): Promise<TokenAnswer> =>
  token(google, {
    grant_type: "authorization_code",
    code: from.code,
    code_verifier: from.verifier,
    redirect_uri: redirectUri,
    ...credentials(google),
    ...parts,
  });

export const refresh = (
  google: GooglePhotos,
  refreshToken: string,
  parts: Record<string, string> = {},
): Promise<TokenAnswer> =>
  token(google, {
    grant_type: "refresh_token",
    refresh_token: refreshToken,
    ...credentials(google),
    ...parts,
  });
