import { describe, expect, it } from "vitest";
import { SimulatedTime } from "../simulation/clock";
import { SimulatedDevice } from "../simulation/device";
import { SeededRandom } from "../simulation/random";
import { SimulatedService } from "../simulation/service";
import { sha256 } from "../simulation/promises";
import { kinds } from "./backed-up";

const HOUR = 3_600_000;

/** A device whose vault has one video, just before it starts. */
async function videoOf(path: string, content: string) {
  const time = new SimulatedTime();
  const random = new SeededRandom(1);
  const service = new SimulatedService(time, random.fork());
  const device = new SimulatedDevice("desk", time, random.fork(), service.library("desk"));
  device.settings = { ...device.settings, video: true };
  device.vault.write(path, content);
  const pass = (ms: number) => time.run(() => false, ms);
  await pass(1_000);
  return { time, service, device, pass };
}

/** A device that is about to send a video, which it reads from disk while it does; answers at that moment. */
async function sendingVideo() {
  const { time, service, device, pass } = await videoOf("clip.mp4", "first cut");
  device.start();
  await time.run(() => device.states.get("clip.mp4")?.is === "uploading", HOUR);
  return { service, device, pass };
}

/** Items by the mark in their names, with what was sent under it. */
function sent({ items }: SimulatedService): readonly [string, string][] {
  return items.map(({ name, content }) => [/~([0-9a-f]{16})/.exec(name)?.[1] ?? "", content]);
}

const mark = (content: string): string => sha256(content).slice(0, 16);

describe("a long upload", () => {
  /** A device that is about to send a long video, and how often one was sent to its end. */
  async function halfSent() {
    const world = await videoOf("trip/clip.mp4", "x".repeat(2_000));
    world.device.isSlow = (path) => path.endsWith(".mp4");
    return { ...world, uploads: () => world.service.calls.get("upload") ?? 0 };
  }

  it.each<[string, (device: SimulatedDevice) => void]>([
    ["its folder is left out", (device) => device.change({ folders: { include: [], exclude: ["trip"] } })],
    ["videos are left out", (device) => device.change({ video: false })],
    ["backup is turned off", (device) => device.change({ automatic: false })],
    ["it is deleted", (device) => device.vault.remove("trip/clip.mp4")],
  ])("ends where %s", async (_, choose) => {
    const { service, device, pass, uploads } = await halfSent();
    service.halfway = () => choose(device);
    device.start();
    await pass(HOUR);
    expect([uploads(), device.fault, device.running]).toEqual([0, undefined, false]);
  });

  it.each(["", "a.png"])(
    "waits where backup is paused, says so, and goes on where it was (beside %s)",
    async (other) => {
      const { service, device, pass, uploads } = await halfSent();
      if (other !== "") device.vault.write(other, "one");
      const all = (is: string) =>
        Object.fromEntries([...device.vault.files.keys()].map((path) => [path, is]));
      service.halfway = () => device.engine?.pause();
      device.start();
      await pass(2 * HOUR);
      // What waits for its create is told so as well, and the run is over.
      expect([kinds(device), device.running]).toEqual([all("waiting"), false]);
      const before = uploads();
      device.engine?.resume();
      await pass(1_000);
      expect(device.running).toBe(true);
      await pass(HOUR);
      expect([kinds(device), device.running, uploads()]).toEqual([all("backed-up"), false, before + 1]);
    },
  );
});

describe("a video on its way", () => {
  it("that changes is sent anew, and never under the mark of what it was", async () => {
    const { service, device, pass } = await sendingVideo();
    device.vault.write("clip.mp4", "other cut");
    await pass(HOUR);
    expect(kinds(device)).toEqual({ "clip.mp4": "backed-up" });
    expect(sent(service)).toEqual([[mark("other cut"), "other cut"]]);
  });

  it("that is renamed is sent from its new place", async () => {
    const { service, device, pass } = await sendingVideo();
    device.vault.rename("clip.mp4", "trip.mp4");
    await pass(HOUR);
    expect(device.fault).toBeUndefined();
    expect(kinds(device)).toEqual({ "trip.mp4": "backed-up" });
    expect(sent(service)).toEqual([[mark("first cut"), "first cut"]]);
  });

  it("that is deleted is not missed by anything else", async () => {
    const { service, device, pass } = await sendingVideo();
    device.vault.remove("clip.mp4");
    device.vault.write("a.png", "one");
    await pass(HOUR);
    expect(device.fault).toBeUndefined();
    expect(kinds(device)).toEqual({ "a.png": "backed-up" });
    expect(sent(service).map(([name]) => name)).toEqual([mark("one")]);
  });
});
