import { OAuth2Client } from "google-auth-library";
import { describe, expect, it } from "vitest";
import { scope } from "./index";
import { PlainClient } from "./plain-client";
import { askedScopes, authorisationUrl, consent, exchange, refresh } from "./sign-in-steps";
import { subOf } from "./sign-in/sign-ins";
import { emulator } from "./with-emulator";

describe("the consent screen", () => {
  it("is one form that works without scripts, boxes ticked, buttons named Allow and Deny", async () => {
    const { google } = await emulator();
    const page = await (await fetch(authorisationUrl(google))).text();
    expect(page).not.toContain("<script");
    expect(page).not.toMatch(/(?:src|href)="https?:/);
    expect([...page.matchAll(/<form/g)]).toHaveLength(1);
    expect([...page.matchAll(/<input type="checkbox" name="scope"[^>]* checked/g)]).toHaveLength(3);
    expect(page).toMatch(/<button type="submit" name="decision" value="allow"[^>]*>\s*Allow\s*<\/button>/);
    expect(page).toMatch(/<button type="submit" name="decision" value="deny"[^>]*>\s*Deny\s*<\/button>/);
    expect(page).toContain("you@example.com");
  });

  it("sends the person back with state unchanged, a code and the scopes", async () => {
    const { google } = await emulator();
    const { back, code } = await consent(google);
    expect(back.href.startsWith("http://127.0.0.1:54321/answer?")).toBe(true);
    expect(back.searchParams.get("state")).toBe("the state/ä=&");
    expect(code).toMatch(/^4\//);
    expect(back.searchParams.get("scope")?.split(" ")).toContain(scope.append);
  });

  it("sends the person back with access_denied where they deny, or allow nothing", async () => {
    const { google } = await emulator();
    const denied = await consent(google, { deny: true });
    expect([denied.back.searchParams.get("error"), denied.code]).toEqual(["access_denied", ""]);
    const photos = askedScopes.filter((name) => name !== "email");
    const nothing = await consent(google, { untick: photos, parts: { scope: photos.join(" ") } });
    expect(nothing.back.searchParams.get("error")).toBe("access_denied");
  });

  it.each([
    ["sign-in scopes only", "openid email", 0],
    ["sign-in scopes and one other", `email ${scope.append}`, 1],
    ["one other alone", scope.append, 0],
    ["two others", `${scope.append} ${scope.read}`, 2],
  ])("shows boxes as Google does: %s", async (_, scopes, boxes) => {
    const { google } = await emulator();
    const page = await (await fetch(authorisationUrl(google, { scope: scopes }))).text();
    expect([...page.matchAll(/type="checkbox"/g)]).toHaveLength(boxes);
  });

  it("lets the person choose among accounts, the hinted one first chosen", async () => {
    const { google } = await emulator({ accounts: "one@example.com, two@example.com" });
    for (const login_hint of ["two@example.com", subOf("two@example.com")]) {
      const page = await (await fetch(authorisationUrl(google, { login_hint }))).text();
      expect(page).toMatch(/value="two@example\.com" checked/);
    }
    const { body } = await exchange(google, await consent(google, { account: "two@example.com" }));
    const client = new PlainClient(google, String(body["access_token"]));
    expect((await client.get("/v1/userinfo")).body["email"]).toBe("two@example.com");
  });

  it("warns where the project is in testing or not verified", async () => {
    const { google } = await emulator();
    const page = async (): Promise<string> => (await fetch(authorisationUrl(google))).text();
    expect(await page()).not.toContain("hasn’t verified");
    google.set({ publishing: "testing" });
    expect(await page()).toContain("currently being tested");
    google.set({ publishing: "unverified" });
    expect(await page()).toContain("hasn’t verified");
  });

  it.each([
    ["an unknown client", { client_id: "nobody" }, 401, "invalid_client"],
    [
      "a redirect that is no loopback",
      { redirect_uri: "https://example.com/" },
      400,
      "redirect_uri_mismatch",
    ],
    [
      "the closed copy-and-paste way",
      { redirect_uri: "urn:ietf:wg:oauth:2.0:oob" },
      400,
      "redirect_uri_mismatch",
    ],
    ["no scope", { scope: "" }, 400, "invalid_request"],
    ["a token asked for at once", { response_type: "token" }, 400, "unsupported_response_type"],
    ["a challenge that is too short", { code_challenge: "abc" }, 400, "invalid_request"],
    [
      "scopes of Photos and Drive together",
      { scope: `${scope.append} https://www.googleapis.com/auth/drive.file` },
      400,
      "invalid_request",
    ],
  ])("shows an error page that leads nowhere for %s", async (_, parts, status, code) => {
    const { google } = await emulator();
    const response = await fetch(authorisationUrl(google, parts), { redirect: "manual" });
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(code);
  });

  it.each(["http://[::1]:8080/x", "http://localhost:1/", "http://127.0.0.1:65535"])(
    "takes the loopback address %s",
    async (uri) => {
      const { google } = await emulator();
      expect((await fetch(authorisationUrl(google, { redirect_uri: uri }))).status).toBe(200);
    },
  );

  it.each([
    "access_denied_testing",
    "admin_policy_enforced",
    "org_internal",
    "deleted_client",
    "rate_limit_exceeded",
  ] as const)("shows Google's page for %s by switch", async (consentPage) => {
    const { google } = await emulator({ consentPage });
    const response = await fetch(authorisationUrl(google));
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(await response.text()).toContain(consentPage.replace("_testing", ""));
  });

  it("refuses a view inside an app, and works under its older address", async () => {
    const { google } = await emulator();
    const embedded = await fetch(authorisationUrl(google), {
      headers: { "user-agent": "Mozilla/5.0 obsidian Electron/30.1" },
    });
    expect(await embedded.text()).toContain("disallowed_useragent");
    expect((await fetch(authorisationUrl(google, {}, "/o/oauth2/auth"))).status).toBe(200);
  });
});

describe("the token endpoint", () => {
  it("takes an unknown client, a wrong secret, a wrong grant type and another's refresh token as Google does", async () => {
    const { google } = await emulator();
    const { refreshToken } = google.signIn();
    const errors = [
      await refresh(google, refreshToken, { client_id: "nobody" }),
      await refresh(google, refreshToken, { client_secret: "wrong" }),
      await refresh(google, refreshToken, { grant_type: "password" }),
      await refresh(google, refreshToken, { grant_type: "" }),
      await refresh(google, google.signIn({ client: { id: "9-b", secret: "b" } }).refreshToken),
    ];
    expect(errors.map(({ status, body }) => [status, body["error"]])).toEqual([
      [401, "invalid_client"],
      [401, "invalid_client"],
      [400, "unsupported_grant_type"],
      [400, "invalid_request"],
      [400, "invalid_grant"],
    ]);
  });

  it("is found under its older name, with HTTP Basic, and with its fields in the query", async () => {
    const { google } = await emulator();
    const { refreshToken } = google.signIn();
    const basic = Buffer.from(`${google.client.id}:${google.client.secret}`).toString("base64");
    const fields = new URLSearchParams({ grant_type: "refresh_token", refresh_token: refreshToken });
    const headers = { authorization: `Basic ${basic}` };
    const older = await fetch(`${google.origin}/oauth2/v4/token`, { method: "POST", headers, body: fields });
    expect(older.status).toBe(200);
    const query = await fetch(`${google.origin}/token?${fields.toString()}`, { method: "POST", headers });
    expect(query.status).toBe(200);
  });

  it("answers invalid_rapt where an administrator ended the session", async () => {
    const { google } = await emulator({ sessionControl: true });
    const { body } = await refresh(google, google.signIn().refreshToken);
    expect([body["error"], body["error_subtype"]]).toEqual(["invalid_grant", "invalid_rapt"]);
  });

  it("gives access tokens that live for an hour", async () => {
    const { google, client } = await emulator();
    google.clock.advance(3598_000);
    expect((await client.get("/v1/mediaItems")).status).toBe(200);
    google.clock.advance(1000);
    expect((await client.get<{ error: { status: string } }>("/v1/mediaItems")).body.error.status).toBe(
      "UNAUTHENTICATED",
    );
    google.set({ accessTokenSeconds: 60 });
    const { body } = await refresh(google, google.signIn().refreshToken);
    expect(body["expires_in"]).toBe(60);
  });
});

describe("the e-mail scope", () => {
  it("is granted under its full name together with openid, or as asked by switch", async () => {
    const { google } = await emulator();
    const parts = { scope: `email ${scope.append}` };
    const granted = async (): Promise<unknown> =>
      (await exchange(google, await consent(google, { parts }))).body["scope"];
    expect(await granted()).toBe(`${scope.email} ${scope.append} openid`);
    google.set({ emailScope: "as-asked" });
    expect(await granted()).toBe(`email ${scope.append}`);
  });
});

describe("revoking", () => {
  it("by access token ends every sign-in of the user to the project, and says 400 the second time", async () => {
    const { google, client } = await emulator();
    const other = google.signIn();
    const stranger = google.signIn({ account: "other@example.com" });
    const revoke = (): Promise<Response> =>
      fetch(`${google.origin}/revoke`, {
        method: "POST",
        body: new URLSearchParams({ token: client.accessToken }),
      });
    expect((await revoke()).status).toBe(200);
    expect((await revoke()).status).toBe(400);
    expect((await client.get("/v1/mediaItems")).status).toBe(401);
    expect((await refresh(google, other.refreshToken)).body["error"]).toBe("invalid_grant");
    expect((await refresh(google, stranger.refreshToken)).status).toBe(200);
  });

  it("takes a multipart form, and can be slow to take effect", async () => {
    const { google, client } = await emulator({ revokeDelayMs: 60_000 });
    const form = new FormData();
    form.set("token", client.accessToken);
    const revoked = await fetch(`${google.origin}/o/oauth2/revoke`, { method: "POST", body: form });
    expect(revoked.status).toBe(200);
    expect((await client.get("/v1/mediaItems")).status).toBe(200);
    google.clock.advance(60_000);
    expect((await client.get("/v1/mediaItems")).status).toBe(401);
  });

  it("can end everybody's sign-in at once", async () => {
    const { google } = await emulator();
    const { refreshToken } = google.signIn();
    google.revokeAll();
    expect((await refresh(google, refreshToken)).body["error"]).toBe("invalid_grant");
  });
});

describe("who is signed in", () => {
  it("is told to a token that asked, the same `sub` every time", async () => {
    const { google, client } = await emulator();
    const { body } = await client.get("/v1/userinfo");
    expect(body).toEqual({
      sub: expect.stringMatching(/^1\d{20}$/) as unknown,
      email: "you@example.com",
      email_verified: true,
    });
    expect((await client.get("/oauth2/v3/userinfo")).body).toEqual(body);
    expect((await client.get("/oauth2/v1/userinfo")).body["id"]).toBe(body["sub"]);
    const blind = new PlainClient(google, google.signIn({ scopes: [scope.append] }).accessToken);
    expect((await blind.get("/v1/userinfo")).status).toBe(401);
  });

  it("stands in an id_token that the published key proves", async () => {
    const { google } = await emulator();
    const { body } = await exchange(google, await consent(google));
    const oauth2FederatedSignonPemCertsUrl = `${google.origin}/oauth2/v1/certs`;
    const verifier = new OAuth2Client({ endpoints: { oauth2FederatedSignonPemCertsUrl } });
    const ticket = await verifier.verifyIdToken({
      idToken: String(body["id_token"]),
      audience: google.client.id,
    });
    expect(ticket.getPayload()?.email).toBe("you@example.com");
  });

  it("and where everything is, discovery tells", async () => {
    const { google, client } = await emulator();
    const { body } = await client.get("/.well-known/openid-configuration");
    expect(body["userinfo_endpoint"]).toBe(`${google.origin}/v1/userinfo`);
    expect(body["revocation_endpoint"]).toBe(`${google.origin}/revoke`);
  });
});
