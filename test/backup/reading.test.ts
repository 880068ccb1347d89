import { describe, expect, it } from "vitest";
import { SimulatedTime } from "../simulation/clock";
import { SimulatedDevice } from "../simulation/device";
import { SeededRandom } from "../simulation/random";
import { SimulatedService } from "../simulation/service";
import { kinds } from "./backed-up";

const HOUR = 3_600_000;

/** A device whose vault has these images, about to begin its first backup. */
function firstBackup(paths: readonly string[]) {
  const time = new SimulatedTime();
  const random = new SeededRandom(1);
  const service = new SimulatedService(time, random.fork());
  const device = new SimulatedDevice("desk", time, random.fork(), service.library("desk"));
  for (const path of paths) device.vault.write(path, `all of ${path}`);
  const until = (done: () => boolean, ms = HOUR) => time.run(done, ms);
  return { device, until };
}

describe("what is read before it is sent", () => {
  it("is a few at a time: what has its turn later would only keep the first from the wire", async () => {
    const paths = Array.from({ length: 12 }, (_, place) => `${place}.png`);
    const { device, until } = firstBackup(paths);
    const begun = new Set<string>();
    device.isSlow = (path) => begun.add(path).size > 0;
    device.start();
    await until(() => false, 5_000);
    expect(begun.size).toBe(3);
    await until(() => false);
    expect(kinds(device)).toEqual(Object.fromEntries(paths.map((path) => [path, "backed-up"])));
  });

  it("waits for no video, however long it takes to read", async () => {
    const videos = ["a.mp4", "b.mp4", "c.mp4", "d.mp4", "e.mp4"];
    const { device, until } = firstBackup(videos);
    device.settings = { ...device.settings, video: true };
    device.isSlow = (path) => path.endsWith(".mp4");
    device.start();
    await until(() => false, 5_000);
    device.vault.write("pasted.png", "just pasted");
    await until(() => false, 10_000);
    expect(kinds(device)).toMatchObject({ "a.mp4": "waiting", "pasted.png": "backed-up" });
  });
});
