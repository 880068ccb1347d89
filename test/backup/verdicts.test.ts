import { describe, expect, it } from "vitest";
import { SimulatedTime } from "../simulation/clock";
import { SimulatedDevice } from "../simulation/device";
import { SeededRandom } from "../simulation/random";
import { SimulatedService } from "../simulation/service";
import { backedUp, kinds } from "./backed-up";

const HOUR = 3_600_000;

describe("that Google takes bytes for no image", () => {
  /** A device whose Storage saver makes something of an image that is none for Google. */
  async function refused() {
    const time = new SimulatedTime();
    const random = new SeededRandom(1);
    const service = new SimulatedService(time, random.fork());
    let isBad = true;
    const device = new SimulatedDevice(
      "desk",
      time,
      random.fork(),
      service.library("desk"),
      (fp, settings) => (isBad && settings.quality === "storage-saver" ? `no image ${fp}` : `sent ${fp}`),
    );
    const pass = (ms: number) => time.run(() => false, ms);
    device.change({ quality: "storage-saver" });
    device.vault.write("a.png", "one");
    await pass(1_000);
    device.start();
    await pass(HOUR);
    expect(device.states.get("a.png")).toEqual({ is: "skipped", because: "not-an-image" });
    const again = async (): Promise<void> => {
      const done = device.engine?.recovery.want(["a.png"]);
      await pass(HOUR);
      await done;
    };
    return { service, device, pass, again, mend: () => (isBad = false) };
  }

  it("holds for the quality in which they were sent", async () => {
    const { service, device, pass } = await refused();
    device.change({ quality: "original" });
    await pass(HOUR);
    expect([kinds(device), service.items.length]).toEqual([{ "a.png": "backed-up" }, 1]);
  });

  it("holds until somebody asks again", async () => {
    const { service, device, again, mend } = await refused();
    const creates = service.calls.get("create");
    await again();
    expect(service.calls.get("create")).toBe((creates ?? 0) + 1);
    expect(device.states.get("a.png")).toEqual({ is: "skipped", because: "not-an-image" });
    mend();
    await again();
    expect(kinds(device)).toEqual({ "a.png": "backed-up" });
  });
});

it("that a file's type is not taken under one name says nothing of it under another", async () => {
  const { device, write, pass } = await backedUp({ "a.png": "one" }, { video: true });
  write("film.png", "a film");
  await pass(HOUR);
  expect(device.states.get("film.png")).toEqual({ is: "skipped", because: "type" });
  device.vault.rename("film.png", "film.mp4");
  await pass(HOUR);
  expect(kinds(device)).toEqual({ "a.png": "backed-up", "film.mp4": "backed-up" });
});

it("what lies in the bin is told so, though it is sent again in another quality", async () => {
  const { device, pass, told, change, recovery } = await backedUp({ "a.png": "one", "b.png": "two" });
  change("a.png", { gone: true, inBin: true });
  await told(recovery()?.verify());
  device.change({ quality: "storage-saver" });
  await told(recovery()?.want(["a.png"]));
  await pass(HOUR);
  expect(device.states.get("a.png")).toMatchObject({ is: "removed", bin: true });
});

it("that an item cannot be seen says nothing where the person had it from elsewhere", async () => {
  const { service, device, pass, write, told, absent, recovery } = await backedUp({ "b.png": "two" });
  service.addFromElsewhere("one", "IMG_1.png");
  write("a.png", "one");
  await pass(HOUR);
  expect(device.states.get("a.png")).toMatchObject({ is: "backed-up", item: { origin: "preexisting" } });
  device.vault.remove("a.png");
  await pass(1_000);
  const { only } = await absent();
  await told(recovery()?.forget(only));
  write("a.png", "one");
  await pass(HOUR);
  expect(device.states.get("a.png")).toEqual({ is: "skipped", because: "forgotten" });
  await told(recovery()?.want(["a.png"]));
  await pass(HOUR);
  expect(device.states.get("a.png")).toMatchObject({ is: "backed-up", item: { origin: "preexisting" } });
});
