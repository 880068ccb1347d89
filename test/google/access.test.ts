import { describe, expect, it } from "vitest";
import { accountKey } from "../../src/model";
import { scope } from "../google-photos";
import { decide, Device, nobodyAborts as signal, signedIn, startGoogle } from "./world";

const HOUR = 3_600_000;
const list = (device: Device) => device.library.list({ signal });
const tokenCalls = (device: Device): number =>
  device.google.requests.all().filter(({ kind }) => kind === "token").length;

describe("the access token", () => {
  it("is asked for once by calls that need it at the same time", async () => {
    const device = await signedIn();
    await Promise.all([list(device), list(device), list(device)]);
    expect(tokenCalls(device)).toBe(1);
  });

  it("is renewed once when Google refuses it, however many calls were under way", async () => {
    const device = await signedIn();
    await list(device);
    // Here only a moment has passed, so nothing but the 401 can tell.
    device.google.clock.advance(2 * HOUR);
    await Promise.all([list(device), list(device), list(device)]);
    expect(tokenCalls(device)).toBe(2);
  });

  it("is not renewed for a 403", async () => {
    const device = await signedIn({ switches: { apiDisabled: "project" } });
    await expect(list(device)).rejects.toMatchObject({ kind: "refused" });
    expect(device.google.requests.all().map(({ kind }) => kind)).toEqual(["token", "other"]);
  });

  it("lies in no secret", async () => {
    const device = await signedIn();
    await list(device);
    expect([...device.secrets.values.values()].join()).not.toMatch(/ya29|access/i);
  });
});

describe("a sign-in", () => {
  it("outlives every trouble but invalid_grant", async () => {
    const device = await signedIn();
    for (const fault of ["500-before", "503-html", "429", "cut-before", "200-html", "502-empty"] as const) {
      device.google.faults.script({ on: "token", do: fault });
      await expect(list(device)).rejects.toMatchObject({ name: "PhotosError" });
      expect(device.signIn.status).toMatchObject({ is: "signed-in" });
      device.google.faults.clear();
    }
    await list(device);
    device.google.revokeAll();
    device.google.clock.advance(2 * HOUR);
    await expect(list(device)).rejects.toMatchObject({ kind: "signed-out", detail: { ended: true } });
    expect(device.signIn.status).toEqual({ is: "signed-out", because: "ended" });
    // Also for those who ask later, and after a restart.
    const restarted = new Device(device.google, device.secrets);
    await expect(list(restarted)).rejects.toMatchObject({ kind: "signed-out", detail: { ended: true } });
  });

  it("is asked of Google once at a time while the network is bad, with no retries of the library's own", async () => {
    const device = await signedIn();
    device.google.faults.script({ on: "token", do: "503-html", times: "always" });
    await expect(list(device)).rejects.toMatchObject({ kind: "transient" });
    expect(tokenCalls(device)).toBe(1);
  });

  it("that is new is not lost to the end of the one before", async () => {
    const device = await signedIn();
    device.google.revokeAll();
    device.google.faults.script({ on: "token", do: "delay", hold: "late" });
    const asked = expect(list(device)).rejects.toMatchObject({ kind: "signed-out" });
    await device.google.faults.whenHeld("late");
    device.signInBefore();
    device.google.faults.release("late");
    await asked;
    expect(device.signIn.status).toMatchObject({ is: "signed-in" });
    await list(device);
  });

  it.each([
    ["6.4 days after consent", 6.4, "ended"],
    ["7 days after consent", 7, "testing"],
    ["9 days after consent", 9, "ended"],
  ])("that dies %s says why", async (_, days, because) => {
    const google = await startGoogle({ switches: { publishing: "testing" } });
    const device = new Device(google).signInBefore(google.signIn(), { since: google.clock.now() });
    device.passTime(days * 24 * HOUR);
    google.revokeAll();
    await expect(list(device)).rejects.toMatchObject({ kind: "signed-out" });
    expect(device.signIn.status).toEqual({ is: "signed-out", because });
  });

  it("of a client that Google does not know says that the client is wrong, and is kept", async () => {
    const device = await signedIn();
    device.secrets.set(
      "vault-image-backup-client",
      JSON.stringify({ ...device.google.client, secret: "not-it" }),
    );
    await expect(list(device)).rejects.toMatchObject({
      kind: "refused",
      detail: { refusal: "client-wrong" },
    });
    expect(device.signIn.status).toMatchObject({ is: "signed-in" });
  });

  it("of another client than the one set now is not used, and not lost", async () => {
    const device = await signedIn();
    const { client } = device.google;
    device.signIn.setClient({ id: "other.apps.googleusercontent.com", secret: "other" });
    expect(device.signIn.status).toEqual({ is: "signed-out", because: "other-client" });
    await expect(list(device)).rejects.toMatchObject({ kind: "signed-out" });
    device.signIn.setClient(client);
    await list(device);
  });

  it("without a name for the account still backs up", async () => {
    const google = await startGoogle();
    const scopes = [scope.append, scope.read, scope.edit];
    const device = new Device(google).signInBefore(google.signIn({ scopes }), { sub: "", email: "" });
    expect(await device.library.account(signal)).toEqual({
      key: accountKey(google.client.id, ""),
      email: "",
    });
    await list(device);
  });
});

describe("testing the connection", () => {
  it("works where all is well", async () => {
    const device = await signedIn();
    expect(await device.signIn.testConnection(signal)).toMatchObject({
      is: "works",
      account: { email: "you@example.com" },
      missing: [],
    });
  });

  it("says what is wrong", async () => {
    const device = await signedIn({ switches: { apiDisabled: "project" } });
    expect(await device.signIn.testConnection(signal)).toMatchObject({
      is: "failed",
      error: { kind: "refused", detail: { refusal: "api-off" } },
    });
    device.google.revokeAll();
    device.google.clock.advance(2 * HOUR);
    expect(await device.signIn.testConnection(signal)).toMatchObject({
      error: { kind: "signed-out" },
      end: "ended",
    });
  });
});

describe("watching the sign-in", () => {
  it("is told of each change until it ends", async () => {
    const device = new Device(await startGoogle());
    const seen: string[] = [];
    const end = device.signIn.watch(() => seen.push(device.signIn.status.is));
    device.signIn.setClient(device.google.client);
    const { url } = await device.begin();
    await device.signIn.finish(await decide(device.google, url));
    expect(seen[0]).toBe("signed-out");
    expect(seen.at(-1)).toBe("signed-in");
    end();
    const told = seen.length;
    device.signIn.signOut();
    expect(seen).toHaveLength(told);
  });
});
