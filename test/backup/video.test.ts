import { describe, expect, it } from "vitest";
import { SimulatedTime } from "../simulation/clock";
import { SimulatedDevice } from "../simulation/device";
import { SeededRandom } from "../simulation/random";
import { SimulatedService } from "../simulation/service";
import { sha256 } from "../simulation/promises";
import { kinds } from "./backed-up";

const HOUR = 3_600_000;

/** A device that is about to send a video, which it reads from disk while it does; answers at that moment. */
async function sendingVideo() {
  const time = new SimulatedTime();
  const random = new SeededRandom(1);
  const service = new SimulatedService(time, random.fork());
  const device = new SimulatedDevice("desk", time, random.fork(), service.library("desk"));
  device.settings = { ...device.settings, video: true };
  device.vault.write("clip.mp4", "first cut");
  const pass = (ms: number) => time.run(() => false, ms);
  await pass(1_000);
  device.start();
  await time.run(() => device.states.get("clip.mp4")?.is === "uploading", HOUR);
  return { service, device, pass };
}

/** Items by the mark in their names, with what was sent under it. */
function sent({ items }: SimulatedService): readonly [string, string][] {
  return items.map(({ name, content }) => [/~([0-9a-f]{16})/.exec(name)?.[1] ?? "", content]);
}

const mark = (content: string): string => sha256(content).slice(0, 16);

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
