import { expect } from "vitest";
import { defaultClient, scope } from "../index";
import { consent, exchange, refresh } from "../sign-in-steps";
import { DAY, type Line } from "./line";

const DEAD = { error: "invalid_grant", error_description: "Token has been expired or revoked." };

export const signInLines: readonly Line[] = [
  {
    line: 1,
    says: "a Desktop client must send its secret",
    flips: [{ secretRequired: false }],
    async holds(open) {
      const { google } = await open();
      const secretless = { client_id: defaultClient.id, client_secret: "" };
      const { status, body } = await refresh(google, google.signIn().refreshToken, secretless);
      expect([status, body["error"], body["error_description"]]).toEqual([
        400,
        "invalid_request",
        "client_secret is missing.",
      ]);
    },
  },
  {
    line: 2,
    says: "a code is good once, with its own redirect URI and verifier",
    flips: [{ strictCodeExchange: false }],
    async holds(open) {
      const { google } = await open();
      const first = await consent(google);
      const wrongUri = await exchange(google, first, { redirect_uri: "http://127.0.0.1:1/other" });
      expect(wrongUri.body["error"]).toBe("redirect_uri_mismatch");
      const wrongVerifier = await exchange(google, first, { code_verifier: "x".repeat(43) });
      expect(wrongVerifier.body["error"]).toBe("invalid_grant");
      expect((await exchange(google, first)).status).toBe(200);
      const again = await exchange(google, first);
      expect([again.status, again.body["error"]]).toEqual([400, "invalid_grant"]);
    },
  },
  {
    line: 3,
    says: "granted scopes are those left ticked",
    flips: [{ boxes: "unticked" }],
    async holds(open) {
      const { google } = await open();
      const { body } = await exchange(google, await consent(google, { untick: [scope.edit] }));
      const granted = String(body["scope"]).split(" ");
      expect(granted).toContain(scope.append);
      expect(granted).not.toContain(scope.edit);
    },
  },
  {
    line: 3,
    says: "a refresh answers no new refresh token",
    flips: [{ refreshRotates: true }],
    async holds(open) {
      const { google } = await open();
      const { body } = await exchange(google, await consent(google, { untick: [scope.edit] }));
      const fresh = await refresh(google, String(body["refresh_token"]));
      expect(Object.keys(fresh.body)).not.toContain("refresh_token");
      expect(fresh.body["scope"]).toBe(body["scope"]);
    },
  },
  {
    line: 4,
    says: "a sign-in made in testing dies after seven days, published since or not",
    flips: [{ publishing: "production" }, { publishing: "unverified" }],
    async holds(open) {
      const { google } = await open({ publishing: "testing" });
      const { refreshToken } = google.signIn();
      google.set({ publishing: "production" });
      google.clock.advance(7 * DAY - 60_000);
      expect((await refresh(google, refreshToken)).status).toBe(200);
      google.clock.advance(120_000);
      const dead = await refresh(google, refreshToken);
      expect([dead.status, dead.body]).toEqual([400, DEAD]);
    },
  },
  {
    line: 4,
    says: "a sign-in lives on in production",
    flips: [{ publishing: "testing" }],
    async holds(open) {
      const { google } = await open();
      const { refreshToken } = google.signIn();
      google.clock.advance(100 * DAY);
      expect((await refresh(google, refreshToken)).status).toBe(200);
    },
  },
  {
    line: 4,
    says: "a sign-in dies after half a year without use",
    flips: [{ idleDays: 0 }],
    async holds(open) {
      const { google } = await open();
      const { refreshToken } = google.signIn();
      google.clock.advance(181 * DAY);
      expect((await refresh(google, refreshToken)).body).toEqual(DEAD);
    },
  },
  {
    line: 4,
    says: "the hundred and first sign-in of an account ends its first",
    flips: [{ refreshTokenLimit: 0 }],
    async holds(open) {
      const { google } = await open();
      const first = google.signIn().refreshToken;
      for (let n = 0; n < 99; n += 1) google.signIn();
      expect((await refresh(google, first)).status).toBe(200);
      google.signIn();
      expect((await refresh(google, first)).body).toEqual(DEAD);
    },
  },
];
