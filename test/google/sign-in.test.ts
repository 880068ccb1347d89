import { createRequire } from "node:module";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { listenForSignIn } from "../../src/platform/sign-in-listener";
import { scope } from "../google-photos";
import { MovedClock } from "./moved-clock";
import { decide, Device, fresh, nobodyAborts as signal, startGoogle } from "./world";

vi.mock("obsidian", () => ({ Platform: { isDesktopApp: true, isMobile: false } }));

beforeEach(() => {
  vi.stubGlobal("window", { require: createRequire(import.meta.url) });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Signs in on the desktop: the page is opened, decided on, and the browser goes where it leads. */
async function signInHere(device: Device, how: Parameters<typeof decide>[2] = {}) {
  const { url, outcome } = await device.begin();
  const back = await decide(device.google, url, how);
  const page = await fetch(back);
  return { outcome: await outcome, back, page, text: await page.text() };
}

describe("signing in on a desktop", () => {
  it("asks with PKCE and a random state, and comes back to 127.0.0.1", async () => {
    const device = await fresh(listenForSignIn);
    const { outcome, ...begun } = await device.begin();
    const url = new URL(begun.url);
    const asked = Object.fromEntries(url.searchParams);
    expect(url.origin + url.pathname).toBe("https://accounts.google.com/o/oauth2/v2/auth");
    expect(asked).toMatchObject({
      client_id: device.google.client.id,
      response_type: "code",
      code_challenge_method: "S256",
      access_type: "offline",
      // Without it, what was left unticked is not asked for again.
      prompt: "consent",
    });
    expect(asked["code_challenge"]).toMatch(/^[\w-]{43}$/);
    expect(asked["state"]).toMatch(/^[\w-]{43}$/);
    expect(asked["redirect_uri"]).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(asked["scope"]?.split(" ").sort()).toEqual(
      ["email", "openid", scope.append, scope.edit, scope.read].sort(),
    );
    expect(device.signIn.waiting).toMatchObject({ how: "here", url: url.href });
    device.signIn.cancel();
    expect(await outcome).toEqual({ is: "cancelled" });
    expect(device.signIn.waiting).toBeUndefined();
  });

  it("ends signed in, and the browser's page says so", async () => {
    const device = await fresh(listenForSignIn);
    const { outcome, page, text } = await signInHere(device);
    expect(outcome).toEqual({ is: "signed-in", missing: [] });
    expect(device.signIn.status).toMatchObject({ is: "signed-in", email: "you@example.com", missing: [] });
    expect(page.status).toBe(200);
    expect(text).toContain("The end: signed-in");
    expect(text).toContain("<p>Words & nothing else.</p>");
    await device.library.list({ signal });
  });

  it("asks Google's user info for nothing, since the first answer says whose it is", async () => {
    const device = await fresh(listenForSignIn);
    await signInHere(device);
    expect((await device.library.account(signal)).email).toBe("you@example.com");
    expect(device.google.requests.all().map(({ kind }) => kind)).not.toContain("userinfo");
  });

  it("goes on with the access token that came with it", async () => {
    const device = await fresh(listenForSignIn);
    await signInHere(device);
    await device.library.list({ signal });
    await device.library.list({ signal });
    const kinds = device.google.requests.all().map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "token")).toHaveLength(1);
  });

  it("ends denied where the person says no", async () => {
    const device = await fresh(listenForSignIn);
    const { outcome, text } = await signInHere(device, { deny: true });
    expect(outcome).toEqual({ is: "denied" });
    expect(text).toContain("The end: denied");
    expect(device.signIn.status).toEqual({ is: "signed-out" });
  });

  it("names the scope that was left unticked", async () => {
    const device = await fresh(listenForSignIn);
    const { outcome } = await signInHere(device, { untick: [scope.edit] });
    expect(outcome).toEqual({ is: "signed-in", missing: ["edit"] });
    expect(device.signIn.status).toMatchObject({ missing: ["edit"] });
  });

  it("turns away what does not carry its state, and waits on", async () => {
    const device = await fresh(listenForSignIn);
    const { outcome, ...begun } = await device.begin();
    const url = new URL(begun.url);
    const back = new URL(await decide(device.google, url.href));
    for (const forged of [
      `/?code=${back.searchParams.get("code")}&state=guessed`,
      "/?error=access_denied",
      "/",
      "/favicon.ico",
    ]) {
      expect((await fetch(new URL(forged, back))).status).toBe(404);
    }
    expect((await fetch(back, { method: "POST" })).status).toBe(404);
    expect((await fetch(back)).status).toBe(200);
    expect((await outcome).is).toBe("signed-in");
  });

  it("accepts one answer and listens no longer", async () => {
    const device = await fresh(listenForSignIn);
    const { back } = await signInHere(device);
    await expect(fetch(back)).rejects.toThrow("fetch failed");
  });

  it("says why where Google cannot be asked, and keeps nothing", async () => {
    const device = await fresh(listenForSignIn);
    device.google.faults.script({ on: "token", do: "503-html" });
    const { outcome, text } = await signInHere(device);
    expect(outcome).toMatchObject({ is: "failed", error: { kind: "transient" } });
    expect(text).toContain("The end: failed");
    expect(device.signIn.status).toEqual({ is: "signed-out" });
  });

  it("says that the secret is wrong", async () => {
    const device = await fresh(listenForSignIn);
    device.signIn.setClient({ id: device.google.client.id, secret: "another-secret" });
    const { outcome } = await signInHere(device);
    expect(outcome).toMatchObject({
      is: "failed",
      error: { kind: "refused", detail: { refusal: "client-wrong" } },
    });
  });

  it("takes the answer by hand where the browser cannot reach the listener", async () => {
    const device = await fresh(listenForSignIn);
    const { url, outcome } = await device.begin();
    const back = await decide(device.google, url);
    expect((await device.signIn.finish(back)).is).toBe("signed-in");
    expect((await outcome).is).toBe("signed-in");
  });

  it("takes the answer by hand where the app was killed meanwhile, and its listener with it", async () => {
    const device = await fresh(listenForSignIn);
    const { url } = await device.begin();
    device.signIn.stop();
    const back = await decide(device.google, url);
    await expect(fetch(back)).rejects.toThrow("fetch failed");
    const later = new Device(device.google, device.secrets, { clock: device.clock });
    expect(later.signIn.waiting).toEqual({ how: "phone", url: undefined });
    expect((await later.signIn.finish(back)).is).toBe("signed-in");
  });

  it("that cannot listen goes on as on a phone", async () => {
    const device = await fresh(listenForSignIn);
    vi.stubGlobal("window", { require: () => null });
    const { how, url, outcome } = await device.begin();
    expect(how).toBe("phone");
    expect(device.signIn.waiting).toEqual({ how: "phone", url });
    await device.signIn.finish(await decide(device.google, url));
    expect((await outcome).is).toBe("signed-in");
  });

  it("anew ends the one that waits already", async () => {
    const device = await fresh(listenForSignIn);
    const first = await device.begin();
    const second = await device.begin();
    expect(await first.outcome).toEqual({ is: "cancelled" });
    await expect(fetch(await decide(device.google, first.url))).rejects.toThrow("fetch failed");
    await fetch(await decide(device.google, second.url));
    expect((await second.outcome).is).toBe("signed-in");
  });

  it("says so where there is no client", async () => {
    const device = new Device(await startGoogle());
    expect(await (await device.begin()).outcome).toEqual({ is: "no-client" });
    expect(device.signIn.status).toEqual({ is: "no-client" });
  });
});

describe("signing in on a phone", () => {
  beforeEach(() => {
    vi.stubGlobal("window", { require: () => null });
  });

  async function begun(): Promise<{ device: Device; back: string }> {
    const device = await fresh(listenForSignIn);
    const { how, url } = await device.begin();
    expect(how).toBe("phone");
    expect(device.opened).toEqual([url]);
    return { device, back: await decide(device.google, url) };
  }

  /** The app was killed while the person was on Google's page. */
  const restarted = (device: Device): Device =>
    new Device(device.google, device.secrets, { clock: new MovedClock(device.clock.now()) });

  it.each<[string, (back: string) => string | Record<string, string>]>([
    ["the whole address", (back) => back],
    ["with spaces around", (back) => `  ${back}\n`],
    ["the address turned to obsidian://", (back) => back.replace(/^http:\/\/[^/]+\//, "obsidian://")],
    ["the query alone", (back) => back.replace(/^.*\?/, "")],
    ["the query with its mark", (back) => back.replace(/^.*\?/, "?")],
    [
      "the fields that Obsidian hands over",
      (back) => ({ action: "vault-image-backup", ...Object.fromEntries(new URL(back).searchParams) }),
    ],
  ])("takes %s, even after the app was killed", async (_, brought) => {
    const { device, back } = await begun();
    const later = restarted(device);
    expect(later.signIn.waiting).toMatchObject({ how: "phone" });
    expect(await later.signIn.finish(brought(back))).toEqual({ is: "signed-in", missing: [] });
    expect(later.signIn.waiting).toBeUndefined();
    await later.library.list({ signal });
  });

  it("opens Google’s page within the tap, since WebKit opens none later, each with secrets of its own", async () => {
    const hash = vi.spyOn(crypto.subtle, "digest");
    const device = await fresh(listenForSignIn);
    for (const taps of [1, 2, 1]) {
      // A person taps long after what was prepared is ready.
      await Promise.all(hash.mock.results.map(({ value }) => value as Promise<ArrayBuffer>));
      const before = device.opened.length;
      const begun = Array.from({ length: taps }, () => device.signIn.begin());
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      if (taps === 1) expect(device.opened.length, "pages opened without a task between").toBe(before + 1);
      await Promise.all(begun);
    }
    const asked = device.opened.map((url) => new URL(url).searchParams);
    for (const secret of ["state", "code_challenge"])
      expect(new Set(asked.map((fields) => fields.get(secret))).size, secret).toBe(4);
  });

  it("can be ended after the plugin was switched off and on meanwhile", async () => {
    const { device, back } = await begun();
    device.signIn.stop();
    expect((await restarted(device).signIn.finish(back)).is).toBe("signed-in");
  });

  it("refuses what belongs to another consent", async () => {
    const { device, back } = await begun();
    const forged = back.replace(/state=[^&]*/, "state=guessed");
    expect(await device.signIn.finish(forged)).toEqual({ is: "wrong-state" });
    expect(await device.signIn.finish("https://example.com/")).toEqual({ is: "not-an-answer" });
    expect((await device.signIn.finish(back)).is).toBe("signed-in");
  });

  it("can take the same answer again after the network failed", async () => {
    const { device, back } = await begun();
    device.google.faults.script({ on: "token", do: "cut-before" });
    expect(await device.signIn.finish(back)).toMatchObject({ is: "failed" });
    expect((await device.signIn.finish(back)).is).toBe("signed-in");
    expect(await device.signIn.finish(back)).toEqual({ is: "expired" });
  });

  it("says that a code was used before", async () => {
    const { device, back } = await begun();
    const pending = device.secrets.get("vault-image-backup-pending") ?? "";
    expect((await device.signIn.finish(back)).is).toBe("signed-in");
    device.secrets.set("vault-image-backup-pending", pending);
    expect(await device.signIn.finish(back)).toEqual({ is: "code-refused" });
    expect(device.signIn.status.is).toBe("signed-in");
  });

  it("ends denied where the person says no", async () => {
    const device = await fresh(listenForSignIn);
    const { url, outcome } = await device.begin();
    const back = await decide(device.google, url, { deny: true });
    expect(await device.signIn.finish(back)).toEqual({ is: "denied" });
    expect(await outcome).toEqual({ is: "denied" });
    expect(device.signIn.waiting).toBeUndefined();
  });
});

describe("another account", () => {
  it("is told before anything of it is taken over", async () => {
    const google = await startGoogle({ switches: { accounts: "you@example.com,other@example.com" } });
    const device = await fresh(listenForSignIn, google);
    await signInHere(device);
    device.accepts = false;
    const { outcome } = await signInHere(device, { account: "other@example.com" });
    expect(device.asked).toEqual([{ what: "account", from: "you@example.com", to: "other@example.com" }]);
    expect(outcome).toEqual({ is: "kept-as-it-was" });
    expect((await device.library.account(signal)).email).toBe("you@example.com");
    device.accepts = true;
    await signInHere(device, { account: "other@example.com" });
    expect((await device.library.account(signal)).email).toBe("other@example.com");
  });

  it("is noticed even after signing out", async () => {
    const google = await startGoogle({ switches: { accounts: "you@example.com,other@example.com" } });
    const device = await fresh(listenForSignIn, google);
    await signInHere(device);
    device.signIn.signOut();
    await signInHere(device, { account: "other@example.com" });
    expect(device.asked.map(({ what }) => what)).toEqual(["account"]);
  });

  it("than the vault's other devices back up to is asked about where nobody was signed in before", async () => {
    const google = await startGoogle({ switches: { accounts: "you@example.com,other@example.com" } });
    const first = await fresh(listenForSignIn, google);
    await signInHere(first);
    const { key } = await first.library.account(signal);
    const second = await fresh(listenForSignIn, google);
    second.vaultAccounts = [key];
    second.accepts = false;
    const { outcome } = await signInHere(second, { account: "other@example.com" });
    expect(second.asked).toEqual([{ what: "vault", from: "", to: "other@example.com" }]);
    expect([outcome, second.signIn.status.is]).toEqual([{ is: "kept-as-it-was" }, "signed-out"]);
    await signInHere(second);
    expect([second.asked.length, second.signIn.status.is]).toEqual([1, "signed-in"]);
  });

  it("or the same one again is no change", async () => {
    const device = await fresh(listenForSignIn);
    await signInHere(device);
    await signInHere(device);
    expect(device.asked).toEqual([]);
  });
});

describe("another client", () => {
  it("is told before anything of it is taken over", async () => {
    const device = await fresh(listenForSignIn);
    await signInHere(device);
    const other = { id: "other.apps.googleusercontent.com", secret: "other-secret" };
    device.google.addClient(other);
    device.signIn.setClient(other);
    await signInHere(device);
    expect(device.asked).toEqual([{ what: "client", from: "you@example.com", to: "you@example.com" }]);
  });
});

describe("signing out", () => {
  it("forgets this device's sign-in, and others go on", async () => {
    const device = await fresh(listenForSignIn);
    await signInHere(device);
    const { address, code } = (await device.signIn.carryOver()) ?? { address: "", code: "" };
    const other = new Device(device.google);
    await other.signIn.takeOver(address, code);
    device.signIn.signOut();
    expect(device.signIn.status).toEqual({ is: "signed-out" });
    expect(device.secrets.get("vault-image-backup-sign-in")).not.toMatch(/1\/\/|refresh|@example/);
    await expect(device.library.list({ signal })).rejects.toMatchObject({
      kind: "signed-out",
      detail: { ended: false },
    });
    await other.library.list({ signal });
  });

  it("everywhere ends every device's", async () => {
    const device = await fresh(listenForSignIn);
    await signInHere(device);
    const other = new Device(device.google).signInBefore();
    device.google.faults.script({ on: "revoke", do: "503-html" });
    expect(await device.signIn.revokeEverywhere(signal)).toMatchObject({ is: "failed" });
    expect(device.signIn.status.is).toBe("signed-in");
    expect(await device.signIn.revokeEverywhere(signal)).toEqual({ is: "revoked" });
    expect(device.signIn.status.is).toBe("signed-out");
    await expect(other.library.list({ signal })).rejects.toMatchObject({ kind: "signed-out" });
  });
});
