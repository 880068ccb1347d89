import { describe, expect, it } from "vitest";
import { photosErrorOf, type CallKind } from "../../src/google/errors";
import { answers, envelope } from "./refused-answers";

const NOW = Date.UTC(2026, 0, 15, 12);

function answered(call: CallKind, status: number, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return photosErrorOf(call, { answered: { status, headers: new Headers(headers), body: text } }, NOW);
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
