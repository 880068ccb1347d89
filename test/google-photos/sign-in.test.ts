import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { defaultClient, fullScopes, scope } from "./index";
import { consent, exchange, refresh } from "./sign-in-steps";
import { emulator } from "./with-emulator";

const secretless = { client_id: defaultClient.id, client_secret: "" };

describe("a Desktop client without its secret", () => {
  it("is let in by the switch", async () => {
    const { google } = await emulator({ secretRequired: false });
    expect((await refresh(google, google.signIn().refreshToken, secretless)).status).toBe(200);
  });
});

describe("a code used twice, with another redirect URI and verifier", () => {
  const wrong = { redirect_uri: "http://127.0.0.1:1/other" };

  it("is taken by the switch", async () => {
    const { google } = await emulator({ strictCodeExchange: false });
    const first = await consent(google);
    expect((await exchange(google, first, { ...wrong, code_verifier: "" })).status).toBe(200);
    expect((await exchange(google, first)).status).toBe(200);
  });
});

describe("a sign-in", () => {
  it("starts with empty boxes, or rotates the refresh token, by the switches", async () => {
    const { google } = await emulator({ boxes: "unticked", refreshRotates: true });
    const { body } = await exchange(google, await consent(google));
    expect(body["scope"]).toBe(`${scope.email} openid`);
    const old = String(body["refresh_token"]);
    expect((await refresh(google, old)).body["refresh_token"]).toMatch(/^1\/\//);
    expect((await refresh(google, old)).body["error"]).toBe("invalid_grant");
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
