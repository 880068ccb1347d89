import { describe, expect, it } from "vitest";
import { refusalOf, senseless, unanswered } from "../../src/google/errors";
import type { CallKind } from "../../src/google/reply";
import { answers, envelope } from "./refused-answers";

const NOW = Date.UTC(2026, 0, 15, 12);

function answered(kind: CallKind, status: number, body: unknown, headers: Record<string, string> = {}) {
  const bytes = new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body));
  return refusalOf({ kind, status, headers: new Headers(headers), bytes, at: NOW });
}

describe("an answer that is no success", () => {
  it.each([
    [[302, 401, 403, 407, 408, 409, 500, 504, 599], "transient"],
    [[400, 404, 410, 499], "permanent"],
    [[413], "bad-item"],
    [[429], "quota-minute"],
  ] as const)("without a word, of status %j, is %s", (statuses, kind) => {
    expect(statuses.map((status) => answered("read", status, "").kind)).toEqual(statuses.map(() => kind));
    expect(answered("create", 408, "").kind).toBe("outcome-unknown");
  });

  it.each(answers)("$told is $kind", ({ call, status, body, kind, refusal }) => {
    const error = answered(call, status, body);
    expect([error.kind, error.detail.refusal]).toEqual([kind, refusal]);
    expect(error.detail.status).toBe(status);
  });

  it.each([
    ["17", 17_000],
    ["0", 0],
    [new Date(NOW + 90_000).toUTCString(), 90_000],
    [new Date(NOW - 90_000).toUTCString(), 0],
    [new Date(NOW + 365 * 86_400_000).toUTCString(), 3_600_000],
    [" 5 ", 5000],
    ["soon", undefined],
    ["", undefined],
    ["5 or so", undefined],
  ])("asks to wait: Retry-After %s", (value, ms) => {
    expect(answered("read", 429, "", { "retry-after": value }).detail.retryAfter).toBe(ms);
  });

  it.each(["read", "token"] as const)("of a %s is told in none of Google's words", (call) => {
    const secrets = ["ya29.short", "1//refresh", "4/0Ab-code", "GOCSPX-secret", "A".repeat(40)];
    for (const secret of secrets) {
      for (const body of [
        envelope(400, "INVALID_ARGUMENT", `What is ${secret} here?`),
        { error: "invalid_grant", error_description: `bad code: ${secret}` },
        { code: 3, message: `What is ${secret} here?` },
      ]) {
        const error = answered(call, 400, body);
        expect(`${error.stack ?? ""} ${JSON.stringify(error)}`).not.toContain(secret);
      }
    }
  });

  it.each([
    { error: "server_error", error_description: "invalid_grant" },
    { error: "invalid_grant_type" },
    { error: "server_error", error_description: '"error": "invalid_grant"' },
    envelope(400, "INVALID_ARGUMENT", "invalid_grant"),
  ])("ends no sign-in where it only speaks of invalid_grant: %j", (body) => {
    expect(answered("token", 400, body).kind).toBe("permanent");
  });
});

describe("JSON", () => {
  it.each([
    { message: "no Route matched with those values" },
    { message: "Not found", code: 404 },
    { status: 404, error: "Not Found", path: "/v1/albums/a" },
  ])("of something in between is none of Google's words: %j", (body) => {
    expect(answered("album", 404, body).kind).toBe("permanent");
    expect(answered("item", 404, body).kind).toBe("permanent");
  });

  it.each([
    '{"error" : "invalid_grant"}',
    '{\n  "error_description": "Token has been expired or revoked.",\n  "error": "invalid_grant"\n}',
    '{"\\u0065rror":"invalid_\\u0067rant"}',
  ])("says that a sign-in is dead in any spelling: %s", (body) => {
    expect(answered("token", 400, body).kind).toBe("signed-out");
  });

  it("of an upload says a limit whatever stands first", () => {
    const body = { message: "Insufficient tokens for quota 'upload_requests'", code: 3 };
    expect(answered("upload", 400, body).kind).toBe("quota-minute");
    expect(answered("upload", 401, '{"message": "", "code" : 16}').detail.refusal).toBe("scope-missing");
  });

  it("tells by its details as well", () => {
    const { error } = envelope(429, "RESOURCE_EXHAUSTED", "Quota exceeded.");
    const details = [{ metadata: { quota_limit: "ReadsPerDayPerProject" } }];
    expect(answered("read", 429, { error: { ...error, details } }).kind).toBe("quota-day");
  });
});

describe("what comes with an error", () => {
  it("is what was seen, and nothing else", () => {
    expect(answered("read", 500, "").detail).toEqual({ status: 500 });
    expect(answered("read", 429, "", { "retry-after": "1" }).detail).toEqual({
      status: 429,
      retryAfter: 1000,
    });
    expect(answered("token", 400, { error: "invalid_grant" }).detail).toEqual({ status: 400, ended: true });
    expect(answered("token", 400, { error: "invalid_client" }).detail).toEqual({
      status: 400,
      refusal: "client-wrong",
    });
    expect(unanswered("read", "socket hang up").detail).toEqual({});
  });
});

describe("an answer that makes no sense", () => {
  it("is a trouble of the moment, of a create unknown", () => {
    expect(senseless("read")).toMatchObject({ kind: "transient", detail: { status: 200 } });
    expect(senseless("create").kind).toBe("outcome-unknown");
  });
});

describe("no answer", () => {
  it.each([
    ["net::ERR_INTERNET_DISCONNECTED", "offline", "offline"],
    ["net::ERR_NAME_NOT_RESOLVED", "offline", "offline"],
    ["net::ERR_CONNECTION_REFUSED", "offline", "offline"],
    ["net::ERR_PROXY_CONNECTION_FAILED", "offline", "offline"],
    ["A server with the specified hostname could not be found.", "offline", "offline"],
    ['Unable to resolve host "photoslibrary.googleapis.com"', "offline", "offline"],
    // Said of connections that stood as well, so bytes may have gone out.
    ["net::ERR_ADDRESS_UNREACHABLE", "offline", "outcome-unknown"],
    ["net::ERR_NETWORK_CHANGED", "offline", "outcome-unknown"],
    ["The Internet connection appears to be offline.", "offline", "outcome-unknown"],
    ["failed to connect to /127.0.0.1 (port 443): connect failed: ENETUNREACH", "offline", "outcome-unknown"],
    ["net::ERR_CONNECTION_RESET", "transient", "outcome-unknown"],
    ["net::ERR_EMPTY_RESPONSE", "transient", "outcome-unknown"],
    ["socket hang up", "transient", "outcome-unknown"],
    ["", "transient", "outcome-unknown"],
  ] as const)("%j is %s, of a create %s", (failed, kind, ofCreate) => {
    expect(unanswered("read", failed).kind).toBe(kind);
    expect(unanswered("upload", failed).kind).toBe(kind);
    expect(unanswered("create", failed).kind).toBe(ofCreate);
  });
});
