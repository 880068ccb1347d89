import { describe, expect, it } from "vitest";
import { fromBase64Url, toBase64Url } from "../../src/google/base64url";
import { changeBetween } from "../../src/google/change";
import { closingPage } from "../../src/google/closing-page";
import { readConsentAnswer } from "../../src/google/consent-answer";
import type { LiveSignIn, PastSignIn } from "../../src/google/kept";
import { answerBrowser } from "../../src/google/loopback";
import { ASKED_SCOPES, missingScopes, SCOPES } from "../../src/google/scopes";

describe("base64url", () => {
  it.each([
    [[], ""],
    [[255], "_w"],
    [[251, 239, 190], "----"],
    [[255, 255, 255, 255], "_____w"],
    [[0, 1, 2], "AAEC"],
  ])("writes %j as %j, and reads it again", (bytes, text) => {
    expect(toBase64Url(Uint8Array.from(bytes))).toBe(text);
    expect(fromBase64Url(text)).toEqual(Uint8Array.from(bytes));
  });

  it.each(["a", "abcde", "ab+d", "ab/d", "abc=", "ab d", "!bcd", "abc!"])("does not read %j", (text) => {
    expect(fromBase64Url(text)).toBeUndefined();
  });
});

describe("the scopes", () => {
  const { append, read, edit, email } = SCOPES;

  it("that are asked for are those that are needed, and whose account it is", () => {
    expect(ASKED_SCOPES).toEqual(["openid", "email", append, read, edit]);
  });

  it("that are missing are those the answer leaves out, if it names any", () => {
    expect(missingScopes([append, read, edit, email])).toEqual([]);
    expect(missingScopes([append, read, edit, "email"])).toEqual([]);
    expect(missingScopes([append, email])).toEqual(["read", "edit"]);
    expect(missingScopes(["email"])).toEqual(["append", "read", "edit"]);
    expect(missingScopes([])).toEqual(["append", "read", "edit", "email"]);
    expect(missingScopes(undefined)).toEqual([]);
  });
});

describe("Google's answer to a consent", () => {
  const read = (brought: string | Record<string, string>) => readConsentAnswer(brought, { state: "s/ä" });
  const state = encodeURIComponent("s/ä");

  it.each([
    ["the whole address", `http://127.0.0.1:1/?state=${state}&code=4%2Fc&scope=x`],
    ["the app's own address", `obsidian://vault-image-backup?code=4/c&state=${state}`],
    ["the query alone", `code=4/c&state=${state}`],
    ["with what pasting leaves", `  http://127.0.0.1:1/?code=4/c&state=${state}#top\n`],
    ["a query that holds another", `http://127.0.0.1:1/?code=4/c&state=${state}&next=a?b`],
  ])("is read from %s", (_, text) => {
    expect(read(text)).toEqual({ is: "code", code: "4/c" });
  });

  it("is read from fields", () => {
    expect(read({ code: "4/c", state: "s/ä" })).toEqual({ is: "code", code: "4/c" });
  });

  it.each([
    [{ error: "access_denied", state: "s/ä" }, { is: "denied" }],
    [
      { error: "admin_policy_enforced", state: "s/ä" },
      { is: "refused", word: "admin_policy_enforced" },
    ],
    [
      { error: "<b>org internal</b> 7", state: "s/ä" },
      { is: "refused", word: "borginternalb" },
    ],
    [{ code: "4/c", state: "other" }, { is: "wrong-state" }],
    [{ code: "4/c" }, { is: "wrong-state" }],
    [{ error: "access_denied", state: "other" }, { is: "wrong-state" }],
    [{ state: "s/ä" }, { is: "not-an-answer" }],
    [{ code: "", error: "", state: "s/ä" }, { is: "not-an-answer" }],
  ])("%j is %j", (fields, answer) => {
    expect(read(fields as Record<string, string>)).toEqual(answer);
  });
});

describe("the listener's answers", () => {
  const notOurs = { status: 404, html: "page: not-ours" };

  it("turn away whatever is no answer of this consent", async () => {
    const answer = answerBrowser(
      (path) =>
        Promise.resolve(readConsentAnswer(path, { state: "s" }).is === "code" ? "signed-in" : undefined),
      (end) => `page: ${end}`,
    );
    for (const path of ["/", "/favicon.ico", "/?x=1", "/?code=c&state=other"]) {
      expect(await answer(path)).toEqual(notOurs);
    }
    expect(await answer("/?code=c&state=s")).toEqual({ status: 200, html: "page: signed-in" });
  });
});

describe("the closing page", () => {
  it("says its words in their language, with nothing from elsewhere", () => {
    const page = closingPage({ title: "Signed in", text: "You’re done.", language: "de" });
    expect(page).toContain('<html lang="de">');
    expect(page.match(/>Signed in</g)).toHaveLength(2);
    expect(page).toContain("<p>You’re done.</p>");
    expect(page).not.toMatch(/<script|https?:/);
  });
});

describe("another sign-in", () => {
  const before: PastSignIn = { clientId: "c", sub: "1", email: "a@b" };
  const now: LiveSignIn = { ...before, refreshToken: "r" };
  const nobody = { sub: "", email: "" };

  it.each([
    ["of the same person", {}, undefined],
    ["of another person", { sub: "2", email: "c@d" }, { what: "account", from: "a@b", to: "c@d" }],
    ["by another client", { clientId: "d", email: "" }, { what: "client", from: "a@b", to: "" }],
    ["of somebody whom Google does not name", nobody, { what: "account", from: "a@b", to: "" }],
  ] as const)("%s changes %j", (_, parts, change) => {
    expect(changeBetween(before, { ...now, ...parts })).toEqual(change);
  });

  it("changes nothing where there was none, or one that nobody knows", () => {
    expect(changeBetween(undefined, now)).toBeUndefined();
    expect(changeBetween({ ...before, ...nobody }, { ...now, ...nobody })).toBeUndefined();
    expect(changeBetween({ ...before, ...nobody }, now)).toBeUndefined();
    expect(changeBetween(before, { ...now, ...nobody })).toMatchObject({ what: "account", to: "" });
  });
});
