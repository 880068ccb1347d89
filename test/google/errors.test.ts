import { describe, expect, it } from "vitest";
import { photosErrorOf, type CallKind } from "../../src/google/errors";
import type { PhotosErrorKind, Refusal } from "../../src/model";

const NOW = Date.UTC(2026, 0, 15, 12);

function answered(call: CallKind, status: number, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return photosErrorOf(call, { answered: { status, headers: new Headers(headers), body: text } }, NOW);
}

const envelope = (code: number, status: string, message: string) => ({ error: { code, status, message } });

describe("an answer that is no success", () => {
  const answers: readonly {
    readonly told: string;
    readonly call: CallKind;
    readonly status: number;
    readonly body: unknown;
    readonly kind: PhotosErrorKind;
    readonly refusal?: Refusal;
  }[] = [
    {
      told: "an upload limit in a 400",
      call: "upload",
      status: 400,
      body: {
        code: 3,
        message: "Insufficient tokens for quota 'upload_requests' and limit 'UploadsPerMinutePerUser'",
      },
      kind: "quota-minute",
    },
    {
      told: "the minute's quota",
      call: "create",
      status: 429,
      body: envelope(
        429,
        "RESOURCE_EXHAUSTED",
        "Quota exceeded for quota metric 'Write requests' and limit 'Write requests per minute per user'",
      ),
      kind: "quota-minute",
    },
    {
      told: "the day's quota",
      call: "upload",
      status: 429,
      body: {
        code: 8,
        message: "Quota exceeded for quota metric 'All requests' and limit 'All requests per day'",
      },
      kind: "quota-day",
    },
    {
      told: "a concurrent write",
      call: "create",
      status: 429,
      body: envelope(429, "RESOURCE_EXHAUSTED", "Quota exceeded for quota 'concurrent write request'"),
      kind: "concurrent",
    },
    { told: "a bare 429", call: "read", status: 429, body: "", kind: "quota-minute" },
    {
      told: "full storage",
      call: "create",
      status: 400,
      body: envelope(
        400,
        "INVALID_ARGUMENT",
        "The remaining storage in the user's account is not enough to perform this operation.",
      ),
      kind: "storage-full",
    },
    {
      told: "full storage in other words",
      call: "upload",
      status: 403,
      body: { code: 8, message: "The user has exceeded their storage quota." },
      kind: "storage-full",
    },
    {
      told: "a missing scope",
      call: "read",
      status: 403,
      body: envelope(403, "PERMISSION_DENIED", "Request had insufficient authentication scopes."),
      kind: "refused",
      refusal: "scope-missing",
    },
    {
      told: "a missing scope of an upload",
      call: "upload",
      status: 401,
      body: { code: 16, message: "Authentication session is not defined." },
      kind: "refused",
      refusal: "scope-missing",
    },
    {
      told: "an API that is off",
      call: "album",
      status: 403,
      body: envelope(
        403,
        "PERMISSION_DENIED",
        "Photos Library API has not been used in project 1 before or it is disabled.",
      ),
      kind: "refused",
      refusal: "api-off",
    },
    {
      told: "Google Photos off for a Workspace account",
      call: "create",
      status: 403,
      body: envelope(403, "PERMISSION_DENIED", "Google Photos is disabled for the user"),
      kind: "refused",
      refusal: "account-blocked",
    },
    {
      told: "an account that may not",
      call: "create",
      status: 403,
      body: envelope(403, "PERMISSION_DENIED", "The caller does not have permission"),
      kind: "refused",
      refusal: "account-blocked",
    },
    {
      told: "an album that is another's",
      call: "album",
      status: 403,
      body: envelope(403, "PERMISSION_DENIED", "The caller does not have permission"),
      kind: "bad-album",
    },
    {
      told: "an album that takes nothing from us",
      call: "create",
      status: 400,
      body: envelope(400, "INVALID_ARGUMENT", "No permission to add media items to this album."),
      kind: "bad-album",
    },
    {
      told: "an album nobody knows",
      call: "create",
      status: 400,
      body: envelope(400, "INVALID_ARGUMENT", "The provided ID does not match any albums"),
      kind: "bad-album",
    },
    {
      told: "a proxy's 404 about an album",
      call: "album",
      status: 404,
      body: "<html>Not found</html>",
      kind: "permanent",
    },
    {
      told: "an upload token nobody knows",
      call: "create",
      status: 400,
      body: envelope(400, "INVALID_ARGUMENT", "Request must contain a valid upload token."),
      kind: "bad-token",
    },
    {
      told: "an item that is not ours",
      call: "album",
      status: 400,
      body: envelope(400, "INVALID_ARGUMENT", "Request contains an invalid media item id."),
      kind: "bad-item",
    },
    {
      told: "an upload of nothing",
      call: "upload",
      status: 400,
      body: { code: 3, message: "Payload must not be empty" },
      kind: "bad-item",
    },
    {
      told: "an upload that is too large",
      call: "upload",
      status: 413,
      body: "Request Entity Too Large",
      kind: "bad-item",
    },
    {
      told: "any other 400",
      call: "create",
      status: 400,
      body: envelope(400, "INVALID_ARGUMENT", "Request must have less than 50 items."),
      kind: "permanent",
    },
    {
      told: "a 500",
      call: "create",
      status: 500,
      body: envelope(500, "INTERNAL", "Internal error encountered."),
      kind: "transient",
    },
    {
      told: "a 502 of HTML",
      call: "read",
      status: 502,
      body: "<html><title>502</title></html>",
      kind: "transient",
    },
    {
      told: "a gateway that gave up on a create",
      call: "create",
      status: 504,
      body: "",
      kind: "outcome-unknown",
    },
    { told: "a gateway that gave up on a look", call: "read", status: 504, body: "", kind: "transient" },
    {
      told: "an aborted call",
      call: "create",
      status: 409,
      body: envelope(409, "ABORTED", "The operation was aborted."),
      kind: "transient",
    },
    { told: "a proxy that wants a password", call: "read", status: 407, body: "", kind: "transient" },
    {
      told: "a dead sign-in",
      call: "token",
      status: 400,
      body: { error: "invalid_grant", error_description: "Token has been expired or revoked." },
      kind: "signed-out",
    },
    {
      told: "a session that an administrator ended",
      call: "token",
      status: 400,
      body: { error: "invalid_grant", error_subtype: "invalid_rapt" },
      kind: "signed-out",
    },
    {
      told: "a client nobody knows",
      call: "token",
      status: 401,
      body: { error: "invalid_client", error_description: "The OAuth client was not found." },
      kind: "refused",
      refusal: "client-wrong",
    },
    {
      told: "a secret that is missing",
      call: "token",
      status: 400,
      body: { error: "invalid_request", error_description: "client_secret is missing." },
      kind: "refused",
      refusal: "client-wrong",
    },
    { told: "a token endpoint in trouble", call: "token", status: 503, body: "", kind: "transient" },
    {
      told: "a token endpoint that is asked too often",
      call: "token",
      status: 429,
      body: "",
      kind: "quota-minute",
    },
    ...["unauthorized_client", "deleted_client"].map((error) => ({
      told: `a client that is none: ${error}`,
      call: "token" as const,
      status: 400,
      body: { error },
      kind: "refused" as const,
      refusal: "client-wrong" as const,
    })),
    ...["admin_policy_enforced", "org_internal"].map((error) => ({
      told: `an administrator's no: ${error}`,
      call: "token" as const,
      status: 400,
      body: { error },
      kind: "refused" as const,
      refusal: "account-blocked" as const,
    })),
    {
      told: "a rate limit under another status",
      call: "read",
      status: 403,
      body: { error: { message: "No.", errors: [{ reason: "rateLimitExceeded" }] } },
      kind: "quota-minute",
    },
    {
      told: "an upload without a session, in words alone",
      call: "upload",
      status: 401,
      body: envelope(401, "UNAUTHENTICATED", "Authentication session is not defined."),
      kind: "refused",
      refusal: "scope-missing",
    },
    {
      told: "an upload without a session, by code alone",
      call: "upload",
      status: 401,
      body: { code: 16 },
      kind: "refused",
      refusal: "scope-missing",
    },
    {
      told: "the same words about anything else",
      call: "read",
      status: 401,
      body: { code: 16, message: "Authentication session is not defined." },
      kind: "transient",
    },
    {
      told: "Google Photos off, without a status to go by",
      call: "read",
      status: 400,
      body: envelope(400, "FAILED_PRECONDITION", "Google Photos is disabled for the user"),
      kind: "refused",
      refusal: "account-blocked",
    },
    {
      told: "an album that is gone",
      call: "album",
      status: 404,
      body: envelope(404, "NOT_FOUND", "Requested entity was not found."),
      kind: "bad-album",
    },
    {
      told: "an album call that is wrong",
      call: "album",
      status: 400,
      body: envelope(400, "INVALID_ARGUMENT", "Something else."),
      kind: "permanent",
    },
    {
      told: "an item that is gone",
      call: "item",
      status: 404,
      body: envelope(404, "NOT_FOUND", "Requested entity was not found."),
      kind: "bad-item",
    },
    {
      told: "an item call that is wrong",
      call: "item",
      status: 400,
      body: envelope(400, "INVALID_ARGUMENT", "Something else."),
      kind: "permanent",
    },
    { told: "a 404 of nobody's about an item", call: "item", status: 404, body: "", kind: "permanent" },
    {
      told: "a 404 of Google's about neither",
      call: "read",
      status: 404,
      body: envelope(404, "NOT_FOUND", "Requested entity was not found."),
      kind: "permanent",
    },
    {
      told: "another 403 in words",
      call: "read",
      status: 403,
      body: envelope(403, "SOMETHING", "Not now."),
      kind: "transient",
    },
    {
      told: "a denied permission under another status",
      call: "read",
      status: 400,
      body: envelope(400, "PERMISSION_DENIED", "No."),
      kind: "permanent",
    },
    ...[401, 403, 408, 302, 500, 599].map((status) => ({
      told: `a bare ${status}`,
      call: "read" as const,
      status,
      body: "",
      kind: "transient" as const,
    })),
    ...[400, 410, 499].map((status) => ({
      told: `a bare ${status}`,
      call: "read" as const,
      status,
      body: "",
      kind: "permanent" as const,
    })),
    { told: "a create that took too long", call: "create", status: 408, body: "", kind: "outcome-unknown" },
  ];

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
    [" 5 ", 5000],
    ["soon", undefined],
    ["", undefined],
    ["5 or so", undefined],
  ])("asks to wait: Retry-After %s", (value, ms) => {
    expect(answered("read", 429, "", { "retry-after": value }).detail.retryAfter).toBe(ms);
  });

  it("may be quoted, but for what could be a token", () => {
    const secrets = ["ya29.short", "1//refresh", "4/0Ab-code", "GOCSPX-secret", "A".repeat(40)];
    for (const secret of secrets) {
      const { message } = answered("read", 400, envelope(400, "INVALID_ARGUMENT", `What is ${secret} here?`));
      expect(message).toContain("What is … here?");
      expect(message).not.toContain(secret);
    }
    const long = answered("read", 400, envelope(400, "INVALID_ARGUMENT", "very long ".repeat(100)));
    expect(long.message.length).toBeLessThan(300);
  });

  it("says nothing of what the token endpoint said, since it may repeat what was sent", () => {
    const error = answered("token", 400, { error: "invalid_grant", error_description: "bad code: 4/secret" });
    expect(error.message).toBe("The sign-in to Google has ended.");
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
    expect(photosErrorOf("read", { failed: "socket hang up" }, NOW)).toMatchObject({
      message: "Google could not answer just now.",
      detail: {},
    });
    expect(photosErrorOf("read", { timedOut: true }, NOW).message).toBe("Google could not answer just now.");
  });
});

describe("an answer that makes no sense", () => {
  it("is a trouble of the moment, of a create unknown", () => {
    const seen = { unreadable: "no JSON", status: 200 };
    expect(photosErrorOf("read", seen, NOW)).toMatchObject({
      kind: "transient",
      message: "Google could not answer just now. (no JSON)",
      detail: { status: 200 },
    });
    expect(photosErrorOf("create", seen, NOW).kind).toBe("outcome-unknown");
  });
});

describe("no answer", () => {
  it.each([
    ["net::ERR_INTERNET_DISCONNECTED", "offline", "offline"],
    ["net::ERR_NAME_NOT_RESOLVED", "offline", "offline"],
    ["net::ERR_CONNECTION_REFUSED", "offline", "offline"],
    ["net::ERR_PROXY_CONNECTION_FAILED", "offline", "offline"],
    ["connect ECONNREFUSED 127.0.0.1:443", "offline", "offline"],
    ["getaddrinfo ENOTFOUND photoslibrary.googleapis.com", "offline", "offline"],
    ['Unable to resolve host "photoslibrary.googleapis.com"', "offline", "offline"],
    // Said of connections that stood as well, so bytes may have gone out.
    ["net::ERR_ADDRESS_UNREACHABLE", "offline", "outcome-unknown"],
    ["net::ERR_NETWORK_CHANGED", "offline", "outcome-unknown"],
    ["The Internet connection appears to be offline.", "offline", "outcome-unknown"],
    ["net::ERR_CONNECTION_RESET", "transient", "outcome-unknown"],
    ["net::ERR_EMPTY_RESPONSE", "transient", "outcome-unknown"],
    ["socket hang up", "transient", "outcome-unknown"],
    ["", "transient", "outcome-unknown"],
  ] as const)("%j is %s, of a create %s", (failed, kind, ofCreate) => {
    expect(photosErrorOf("read", { failed }, NOW).kind).toBe(kind);
    expect(photosErrorOf("upload", { failed }, NOW).kind).toBe(kind);
    expect(photosErrorOf("create", { failed }, NOW).kind).toBe(ofCreate);
  });

  it("in time is a trouble of the moment, of a create unknown", () => {
    expect(photosErrorOf("upload", { timedOut: true }, NOW).kind).toBe("transient");
    expect(photosErrorOf("create", { timedOut: true }, NOW).kind).toBe("outcome-unknown");
  });
});
