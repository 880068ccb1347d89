import { createRequire } from "node:module";
import type { Listen } from "../../src/google";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { listenForSignIn } from "../../src/platform/sign-in-listener";
import { MovedClock } from "./moved-clock";
import { decide, Device, fresh, startGoogle } from "./world";

vi.mock("obsidian", () => ({ Platform: { isDesktopApp: true, isMobile: false } }));

beforeEach(() => {
  vi.stubGlobal("window", { require: createRequire(import.meta.url) });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SIGNED_IN = { is: "signed-in", missing: [] };
const OTHER_CLIENT = { id: "2-b.apps.googleusercontent.com", secret: "other-secret" };

/** The app was killed while the person was on Google's page. */
const restarted = (device: Device): Device =>
  new Device(device.google, device.secrets, { clock: new MovedClock(device.clock.now()) });

/** A device that waits for an answer, and the answer. */
async function begun(listen?: Listen) {
  const device = await fresh(listen);
  const { url, outcome } = await device.begin();
  return { device, url, outcome, back: await decide(device.google, url) };
}

describe("an answer of Google's page", () => {
  it("is brought to Google once, however often it comes, and all who bring it are told the same", async () => {
    const { device, outcome, back } = await begun(listenForSignIn);
    device.google.faults.script({ on: "token", do: "delay", hold: "token" });
    const brought = fetch(back);
    await device.google.faults.whenHeld("token");
    const again = device.signIn.finish(back);
    device.google.faults.release("token");
    expect((await brought).status).toBe(200);
    expect([await outcome, await again]).toEqual([SIGNED_IN, SIGNED_IN]);
    expect(device.google.requests.all().filter(({ kind }) => kind === "token")).toHaveLength(1);
  });

  it.each<[string, (device: Device) => void]>([
    ["is cancelled", (device) => device.signIn.cancel()],
    ["is ended by another client", (device) => device.signIn.setClient(OTHER_CLIENT)],
  ])("on its way to Google comes to nothing where the wait %s", async (_, end) => {
    const { device, outcome, back } = await begun();
    device.google.faults.script({ on: "token", do: "delay", hold: "token" });
    const brought = device.signIn.finish(back);
    await device.google.faults.whenHeld("token");
    end(device);
    const id = device.signIn.clientId;
    const anew = await device.begin();
    device.google.faults.release("token");
    expect([await outcome, await brought]).toEqual([{ is: "cancelled" }, { is: "cancelled" }]);
    expect([device.signIn.status, device.signIn.clientId]).toEqual([{ is: "signed-out" }, id]);
    expect(device.signIn.waiting?.url, "the next one is waited for").toBe(anew.url);
  });

  it("is in time where the person is asked about another account for longer", async () => {
    const google = await startGoogle({ switches: { accounts: "you@example.com,other@example.com" } });
    const device = (await fresh(undefined, google)).signInBefore();
    let answer = (_: boolean): void => undefined;
    device.accepts = new Promise((resolve) => (answer = resolve));
    const { url, outcome } = await device.begin();
    void device.signIn.finish(await decide(google, url, { account: "other@example.com" }));
    await vi.waitFor(() => expect(device.asked).toHaveLength(1));
    device.passTime(10 * MINUTE);
    answer(true);
    expect(await outcome).toEqual(SIGNED_IN);
  });

  it("comes to nothing where the wait is ended while the person is asked about another account", async () => {
    const google = await startGoogle({ switches: { accounts: "you@example.com,other@example.com" } });
    const device = (await fresh(undefined, google)).signInBefore();
    const before = device.signIn.status;
    let answer = (_: boolean): void => undefined;
    device.accepts = new Promise((resolve) => (answer = resolve));
    const { url } = await device.begin();
    const brought = device.signIn.finish(await decide(google, url, { account: "other@example.com" }));
    await vi.waitFor(() => expect(device.asked).toHaveLength(1));
    device.signIn.cancel();
    answer(true);
    expect([await brought, device.signIn.status]).toEqual([{ is: "cancelled" }, before]);
  });
});

describe("the wait for Google's page", () => {
  it("tells when no answer has come in ten minutes, and not where one has, or nobody waits any more", async () => {
    const device = await fresh();
    const seen: unknown[] = [];
    const { outcome } = await device.begin();
    device.signIn.watch(() => seen.push(device.signIn.waiting));
    device.passTime(10 * MINUTE);
    expect(await outcome).toEqual({ is: "timed-out" });
    expect(seen).toEqual([undefined]);

    const answered = await device.begin();
    await device.signIn.finish(await decide(device.google, answered.url));
    const cancelled = await device.begin();
    device.signIn.cancel();
    const switchedOff = await device.begin();
    device.signIn.stop();
    device.passTime(10 * MINUTE);
    expect([await answered.outcome, await cancelled.outcome, await switchedOff.outcome]).toEqual([
      SIGNED_IN,
      { is: "cancelled" },
      { is: "cancelled" },
    ]);
  });

  it("ends after ten minutes", async () => {
    const { device, back } = await begun();
    device.passTime(10 * MINUTE);
    await vi.waitFor(() => expect(device.signIn.waiting).toBeUndefined());
    expect(await restarted(device).signIn.finish(back)).toEqual({ is: "expired" });
  });

  it.each([
    ["eleven minutes later", 11 * MINUTE],
    ["and the clock stands before it", -MINUTE],
  ])("is over where the app was killed meanwhile, %s", async (_when, ms) => {
    const { device, back } = await begun();
    device.clock.jump(ms);
    const { signIn } = restarted(device);
    expect([signIn.waiting, signIn.resumed]).toEqual([undefined, undefined]);
    expect(await signIn.finish(back)).toEqual({ is: "expired" });
  });

  it("is ended where another client takes the place of the one that it asks for", async () => {
    const { device, url, outcome } = await begun();
    const { client } = device.google;
    device.signIn.setClient({ ...client, secret: `${client.secret}2` });
    expect(device.signIn.waiting?.url, "of the same client, another secret ends nothing").toBe(url);
    device.signIn.setClient(OTHER_CLIENT);
    expect(device.signIn.waiting).toBeUndefined();
    expect(await outcome).toEqual({ is: "cancelled" });
  });

  it("goes on where the clock is set anew meanwhile, for ten minutes all the same", async () => {
    const { device, outcome, back } = await begun();
    for (const hours of [-1, 3]) {
      device.clock.jump(hours * HOUR);
      expect(device.signIn.waiting?.how).toBe("phone");
    }
    await device.signIn.finish(back);
    expect(await outcome).toEqual(SIGNED_IN);

    const late = await device.begin();
    device.clock.jump(-2 * MINUTE);
    device.passTime(10 * MINUTE);
    expect(await late.outcome).toEqual({ is: "timed-out" });
    expect(device.signIn.waiting).toBeUndefined();
  });

  it("goes on after the app was killed, for what is left of the ten minutes", async () => {
    const { device } = await begun();
    device.passTime(4 * MINUTE);
    const later = restarted(device);
    const { signIn } = later;
    const seen: unknown[] = [];
    signIn.watch(() => seen.push(signIn.waiting));
    later.passTime(6 * MINUTE - 1);
    expect([signIn.waiting?.how, seen]).toEqual(["phone", []]);
    later.passTime(1);
    expect(await signIn.resumed).toEqual({ is: "timed-out" });
    expect(seen).toEqual([undefined]);
    expect(restarted(later).signIn.resumed).toBeUndefined();
  });

  it("ends no consent that another window has asked for meanwhile", async () => {
    const { device } = await begun();
    const other = restarted(device);
    device.passTime(5 * MINUTE);
    const anew = await device.begin();
    other.passTime(10 * MINUTE);
    expect(await other.signIn.resumed).toEqual({ is: "cancelled" });
    expect(await device.signIn.finish(await decide(device.google, anew.url))).toEqual(SIGNED_IN);
  });

  it("ends where another window has had the answer", async () => {
    const { device, back } = await begun();
    const other = restarted(device);
    await device.signIn.finish(back);
    other.passTime(10 * MINUTE);
    expect(await other.signIn.resumed).toEqual({ is: "cancelled" });
  });
});
