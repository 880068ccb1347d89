import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { defaultClient, fullScopes, scope } from "./index";
import { consent, exchange, refresh } from "./sign-in-steps";
import { emulator } from "./with-emulator";

const day = 24 * 3600 * 1000;
const secretless = { client_id: defaultClient.id, client_secret: "" };

describe("line 1: a Desktop client must send its secret", () => {
  it("is refused without it", async () => {
    const { google } = await emulator();
    const { status, body } = await refresh(google, google.signIn().refreshToken, secretless);
    expect([status, body["error"], body["error_description"]]).toEqual([
      400,
      "invalid_request",
      "client_secret is missing.",
    ]);
  });

  it("is let in by the switch", async () => {
    const { google } = await emulator({ secretRequired: false });
    expect((await refresh(google, google.signIn().refreshToken, secretless)).status).toBe(200);
  });
});

describe("line 2: a code is good once, with its own redirect URI and verifier", () => {
  const wrong = { redirect_uri: "http://127.0.0.1:1/other" };

  it("refuses another redirect URI, another verifier and a second use", async () => {
    const { google } = await emulator();
    const first = await consent(google);
    expect((await exchange(google, first, wrong)).body["error"]).toBe("redirect_uri_mismatch");
    expect((await exchange(google, first, { code_verifier: "x".repeat(43) })).body["error"]).toBe(
      "invalid_grant",
    );
    expect((await exchange(google, first)).status).toBe(200);
    const again = await exchange(google, first);
    expect([again.status, again.body["error"]]).toEqual([400, "invalid_grant"]);
  });

  it("takes all of these by the switch", async () => {
    const { google } = await emulator({ strictCodeExchange: false });
    const first = await consent(google);
    expect((await exchange(google, first, { ...wrong, code_verifier: "" })).status).toBe(200);
    expect((await exchange(google, first)).status).toBe(200);
  });
});

describe("line 3: granted scopes may be fewer, and refreshing brings no new refresh token", () => {
  it("grants what was ticked", async () => {
    const { google } = await emulator();
    const { body } = await exchange(google, await consent(google, { untick: [scope.edit] }));
    const granted = String(body["scope"]).split(" ");
    expect(granted).toContain(scope.append);
    expect(granted).not.toContain(scope.edit);
    const fresh = await refresh(google, String(body["refresh_token"]));
    expect(Object.keys(fresh.body)).not.toContain("refresh_token");
    expect(fresh.body["scope"]).toBe(body["scope"]);
  });

  it("starts with empty boxes, or rotates the refresh token, by the switches", async () => {
    const { google } = await emulator({ boxes: "unticked", refreshRotates: true });
    const { body } = await exchange(google, await consent(google));
    expect(body["scope"]).toBe(`${scope.email} openid`);
    const old = String(body["refresh_token"]);
    expect((await refresh(google, old)).body["refresh_token"]).toMatch(/^1\/\//);
    expect((await refresh(google, old)).body["error"]).toBe("invalid_grant");
  });
});

describe("line 4: a refresh token dies", () => {
  it("after seven days where the project was in testing at consent, and not before", async () => {
    const { google } = await emulator({ publishing: "testing" });
    const { refreshToken } = google.signIn();
    google.set({ publishing: "production" });
    google.clock.advance(7 * day - 60_000);
    expect((await refresh(google, refreshToken)).status).toBe(200);
    google.clock.advance(120_000);
    const dead = await refresh(google, refreshToken);
    expect([dead.status, dead.body]).toEqual([
      400,
      { error: "invalid_grant", error_description: "Token has been expired or revoked." },
    ]);
  });

  it("lives on in production", async () => {
    const { google } = await emulator();
    const { refreshToken } = google.signIn();
    google.clock.advance(100 * day);
    expect((await refresh(google, refreshToken)).status).toBe(200);
  });

  it("after half a year without use, as long as the switch says", async () => {
    const { google } = await emulator();
    const { refreshToken } = google.signIn();
    google.clock.advance(181 * day);
    expect((await refresh(google, refreshToken)).body["error"]).toBe("invalid_grant");
    google.set({ idleDays: 0 });
    expect((await refresh(google, refreshToken)).status).toBe(200);
  });

  it("when a hundred and first is made for the account, as many as the switch says", async () => {
    const { google } = await emulator();
    const first = google.signIn().refreshToken;
    for (let n = 0; n < 99; n += 1) google.signIn();
    expect((await refresh(google, first)).status).toBe(200);
    google.signIn();
    expect((await refresh(google, first)).body["error"]).toBe("invalid_grant");
    google.set({ refreshTokenLimit: 0 });
    const other = google.signIn().refreshToken;
    for (let n = 0; n < 101; n += 1) google.signIn();
    expect((await refresh(google, other)).status).toBe(200);
  });
});

describe("a full sign-in", () => {
  it("is granted the scopes that the product asks for", async () => {
    const { google } = await emulator();
    const { body } = await exchange(google, await consent(google));
    expect(new Set(String(body["scope"]).split(" "))).toEqual(new Set(fullScopes));
  });

  it("proves its PKCE challenge as S256 of the verifier", async () => {
    const { google } = await emulator();
    const answer = await consent(google);
    const made = createHash("sha256").update(answer.verifier).digest("base64url");
    expect(answer.challenge).toBe(made);
    expect((await exchange(google, answer)).body["access_token"]).toMatch(/^ya29\./);
  });
});
