import { afterEach, describe, expect, it } from "vitest";
import { Relay } from "../sign-in/relay";
import { eventually, Stage, type Device, type Wishes } from "../sign-in/stage";
import type { HostPage } from "../obsidian-host";

const IMAGES = 12;
const MINUTE = 60_000;
const VIEW = "vault-image-backup-status";

let stage: Stage | undefined;

afterEach(async () => {
  await stage?.end();
  stage = undefined;
});

/** A device with twelve images to send, signed in, begun, with its status view open; its clock can be moved. */
async function running(on: Stage, wishes: Pick<Wishes, "mode" | "through"> = {}): Promise<Device> {
  const device = await on.device({
    ...wishes,
    signedIn: true,
    images: IMAGES,
    settings: { started: true },
    prepare: (context) => context.clock.install(),
  });
  await device.app.openView(VIEW);
  return device;
}

/** What the status view says of how things stand. */
const title = ({ page }: HostPage): Promise<string> => page.locator(".vib-standing-title").innerText();

async function press({ page }: Device, name: string): Promise<void> {
  await page.locator(".vib-standing").getByRole("button", { name, exact: true }).click();
}

/** Moves the device's clock, and Google's with it. */
async function pass(device: Device, ms: number): Promise<void> {
  device.google.clock.advance(ms);
  await device.page.clock.fastForward(ms);
}

/** All images are there, each once. */
async function expectComplete(device: Device): Promise<void> {
  await eventually(() => device.status()).toMatchObject({ backedUp: IMAGES, failed: 0, hold: null });
  await eventually(() => title(device.app)).toBe("Backup complete");
  expect(new Set(device.google.library.items().map(({ filename }) => filename)).size).toBe(IMAGES);
  expect(device.google.library.items()).toHaveLength(IMAGES);
}

describe("a backup that is held up says why, and goes on", () => {
  it("by itself when the network, gone for a minute in the middle, is back", async () => {
    stage = await Stage.begin({ sameBytes: "new-item" });
    stage.google.faults.script({ on: "upload", do: "delay", hold: "the middle", nth: 5, times: "always" });
    const middle = stage.google.faults.whenHeld("the middle");
    const line = await Relay.open(stage.google.origin);
    try {
      const device = await running(stage, { through: line.origin });
      await middle;
      await line.cut();
      stage.google.faults.clear();
      await eventually(() => title(device.app)).toBe("No connection");
      await line.mend();
      await pass(device, MINUTE);
      await expectComplete(device);
    } finally {
      await line.cut();
    }
  });

  it("after the person has made room, where Google's storage is full", async () => {
    stage = await Stage.begin({ sameBytes: "new-item", storageFull: true });
    const device = await running(stage);
    await eventually(() => title(device.app)).toBe("Your Google storage is full");
    stage.google.set({ storageFull: false });
    await press(device, "Try again");
    await expectComplete(device);
  });

  it("by itself the next day, where the daily quota is used up", async () => {
    stage = await Stage.begin({ sameBytes: "new-item", dailyRequests: 8 });
    const device = await running(stage);
    await eventually(() => title(device.app)).toBe("Google’s daily limit is reached");
    stage.google.set({ dailyRequests: 0 });
    await pass(device, 24 * 60 * MINUTE);
    await expectComplete(device);
  });

  it("when the other window, which does the work, is closed", async () => {
    stage = await Stage.begin({ sameBytes: "new-item" });
    stage.google.faults.script({ on: "upload", do: "delay", hold: "at work", nth: 4, times: "always" });
    const atWork = stage.google.faults.whenHeld("at work");
    const device = await running(stage);
    await atWork;
    const second = await device.app.second();
    await second.openView(VIEW);
    await eventually(() => title(second)).toBe("Another window is backing up");
    await device.page.close();
    stage.google.faults.clear();
    await eventually(() => title(second)).toBe("Backup complete");
    expect(stage.google.library.items()).toHaveLength(IMAGES);
  });

  it("when the phone's app is in front again", async () => {
    stage = await Stage.begin({ sameBytes: "new-item" });
    stage.google.faults.script({ on: "upload", do: "delay", hold: "under way", nth: 3 });
    const underWay = stage.google.faults.whenHeld("under way");
    const device = await running(stage, { mode: "phone" });
    await underWay;
    const show = (state: "hidden" | "visible"): Promise<void> =>
      device.page.evaluate((now) => {
        Object.defineProperty(document, "visibilityState", { configurable: true, value: now });
        document.dispatchEvent(new Event("visibilitychange"));
      }, state);
    await show("hidden");
    stage.google.faults.clear();
    await eventually(async () => (await device.status())["hold"]).toBe("background");
    await eventually(() => title(device.app)).toBe("Waiting for Obsidian to be in front");
    expect((await device.status())["backedUp"]).toBeLessThan(IMAGES);
    await show("visible");
    await expectComplete(device);
  });
});

describe("the command line", () => {
  it("answers to “run” when all is sent, also where backup by itself is off", async () => {
    stage = await Stage.begin({ sameBytes: "new-item" });
    const settings = { started: true, automatic: false };
    const device = await stage.device({ signedIn: true, images: IMAGES, settings });
    await eventually(() => device.status()).toMatchObject({ hold: "off", waiting: IMAGES, looked: true });
    const answer = await device.app.cli("vault-image-backup:run");
    expect(JSON.parse(answer)).toMatchObject({ backedUp: IMAGES, waiting: 0, failed: 0 });
    expect(device.google.library.items()).toHaveLength(IMAGES);
  });
});
