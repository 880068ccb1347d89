import { describe, expect, it } from "vitest";
import type { SimulatedDevice } from "../simulation/device";
import { backedUp, kinds } from "./backed-up";

const HOUR = 3_600_000;
const LARGE = "x".repeat(600_000);

/** The most images that were on their way at a time, until all were safe. */
async function together(
  paths: readonly string[],
  limits: Partial<SimulatedDevice["limits"]> = {},
): Promise<number> {
  const { time, service, device, write } = await backedUp({}, { video: true });
  device.limits = { ...device.limits, ...limits };
  device.kill();
  for (const path of paths) write(path, `${LARGE}${path}`);
  device.start();
  await time.run(() => false, HOUR);
  expect(kinds(device)).toEqual(Object.fromEntries(paths.map((path) => [path, "backed-up"])));
  return service.uploadsAtOnce;
}

describe("images in memory at a time", () => {
  it("are as many as there is room for, and one where there is room for none", async () => {
    expect(await together(["a.png", "b.png", "c.png"])).toBe(1);
    expect(await together(["a.png", "b.png", "c.png"], { bytes: 1_300_000 })).toBe(2);
    expect(await together(["a.png", "b.png"], { bytes: 1_000 })).toBe(1);
  });

  it("take no more room for a video than the slices it is read in, where it is read so", async () => {
    expect(await together(["a.mp4", "b.mp4", "c.mp4"], { video: 100_000 })).toBe(3);
    expect(await together(["a.mp4", "b.mp4", "c.mp4"])).toBe(1);
    expect(await together(["a.png", "b.png"], { video: 100_000 })).toBe(1);
  });
});

it("no more images are on their way at a time than the person has chosen", async () => {
  const { service, device, write, pass } = await backedUp({}, { uploads: 2 });
  for (const name of ["a", "b", "c", "d", "e", "f"]) write(`${name}.png`, name);
  await pass(HOUR);
  expect(new Set(Object.values(kinds(device)))).toEqual(new Set(["backed-up"]));
  expect(service.uploadsAtOnce).toBe(2);
});

describe("an upload", () => {
  it("tells how far it is", async () => {
    const { time, device, write } = await backedUp({});
    write("a.png", LARGE);
    const isHalf = await time.run(() => {
      const state = device.states.get("a.png");
      return state?.is === "uploading" && state.percent === 50;
    }, HOUR);
    expect(isHalf).toBe(true);
  });

  it("that waits for its turn does not begin where a hold comes up meanwhile, and does afterwards; what is sent already waits too", async () => {
    const { time, service, device, write, pass, uploads } = await backedUp({}, { uploads: 1 });
    for (const name of ["a", "b", "c", "d"]) write(`${name}.png`, name);
    await time.run(() => uploads() === 1, HOUR);
    device.engine?.pause();
    await pass(HOUR);
    expect(uploads()).toBe(1);
    expect(service.items).toHaveLength(0);
    expect(new Set(Object.values(kinds(device)))).toEqual(new Set(["waiting"]));
    device.engine?.resume();
    expect(await time.run(() => kinds(device)["a.png"] === "uploading", HOUR)).toBe(true);
    await pass(HOUR);
    expect(new Set(Object.values(kinds(device)))).toEqual(new Set(["backed-up"]));
    expect(uploads()).toBe(4);
  });

  it.each<[what: string, happens: (device: SimulatedDevice) => void]>([
    ["whose folder is left out", (device) => device.change({ folders: { include: [], exclude: ["out"] } })],
    ["whose file is deleted", (device) => device.vault.remove("out/b.png")],
  ])("that waits for its turn does not begin for an image %s meanwhile", async (_what, happens) => {
    const { time, device, write, pass, uploads } = await backedUp({}, { uploads: 1 });
    write("a.png", LARGE);
    await time.run(() => uploads() === 1, HOUR);
    write("out/b.png", "one");
    const isWaiting = (): boolean => uploads() === 1 && kinds(device)["out/b.png"] === "uploading";
    expect(await time.run(isWaiting, HOUR)).toBe(true);
    happens(device);
    await pass(HOUR);
    expect(uploads()).toBe(1);
    expect(kinds(device)["a.png"]).toBe("backed-up");
  });
});

describe("a file that is gone, of which nobody is told", () => {
  it("does not keep the engine busy", async () => {
    const { time, service, device, pass, write } = await backedUp({});
    // It was read, and not sent yet.
    service.strike = (call) => (call === "upload" ? { when: "before", kind: "offline" } : undefined);
    write("a.png", "one");
    await pass(10_000);
    device.vault.files.delete("a.png");
    service.strike = () => undefined;
    device.engine?.resume();
    const { woken } = time;
    await pass(HOUR);
    expect(time.woken - woken).toBeLessThan(1_000);
    expect(kinds(device)["a.png"]).toBe("failed");
  });
});

it("a folder that is renamed while nothing is to be sent is not read again at the next start", async () => {
  const { device, pass, restart } = await backedUp({ "old/a.png": "one", "old/b.png": "two" });
  device.vault.rename("old/a.png", "new/a.png");
  device.vault.rename("old/b.png", "new/b.png");
  await pass(10_000);
  const { reads } = device;
  await restart();
  expect(kinds(device)).toEqual({ "new/a.png": "backed-up", "new/b.png": "backed-up" });
  expect(device.reads).toBe(reads);
});
