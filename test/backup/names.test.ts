import { describe, expect, it } from "vitest";
import { markOfName } from "../../src/model";
import { SimulatedTime } from "../simulation/clock";
import { SimulatedDevice } from "../simulation/device";
import { SeededRandom } from "../simulation/random";
import { SimulatedService } from "../simulation/service";

const HOUR = 3_600_000;

function world() {
  const time = new SimulatedTime();
  const random = new SeededRandom(3);
  const service = new SimulatedService(time, random.fork());
  const device = new SimulatedDevice("desk", time, random.fork(), service.library("desk"));
  for (const path of ["Divorce/house.png", "Divorce/garden.png"]) device.vault.write(path, path);
  /** Starts the device and runs until all is backed up. */
  const backUp = async (): Promise<void> => {
    device.start();
    const done = await time.run(
      () => device.lookedThrough && [...device.states.values()].every(({ is }) => is === "backed-up"),
      24 * HOUR,
    );
    expect(done, JSON.stringify([...device.states])).toBe(true);
    await time.run(() => !device.running, HOUR);
  };
  return { time, service, device, backUp };
}

describe("names in Google Photos", () => {
  it("tell by default what the file is called", async () => {
    const { service, backUp } = world();
    await backUp();
    expect(service.items.map(({ name }) => name.replace(/~.*/, "")).sort()).toEqual(["garden ", "house "]);
  });

  it("are marks alone where the person wants them neutral, and a device that lost everything knows them", async () => {
    const { service, device, backUp } = world();
    device.change({ neutralNames: true });
    await backUp();
    expect(service.items.map(({ name }) => name)).toEqual([
      expect.stringMatching(/^~[0-9a-f]{16}o\.\w+$/),
      expect.stringMatching(/^~[0-9a-f]{16}o\.\w+$/),
    ]);
    device.kill();
    device.disk.journals.clear();
    device.disk.index = [];
    device.disk.tokens = [];
    device.disk.memory.clear();
    await backUp();
    expect(service.items).toHaveLength(2);
  });

  it("are neutral from the change on, for bytes that were uploaded before it as well", async () => {
    const { time, service, device, backUp } = world();
    service.strike = (call) => (call === "create" ? { when: "before", kind: "transient" } : undefined);
    device.start();
    await time.run(() => service.calls.get("create") !== undefined, HOUR);
    service.strike = () => undefined;
    device.kill();
    device.change({ neutralNames: true });
    await backUp();
    expect(service.calls.get("upload")).toBe(2);
    expect(service.items.map(({ name }) => name.indexOf("~"))).toEqual([0, 0]);
    expect(new Set(service.items.map(({ name }) => markOfName(name))).size).toBe(2);
  });
});

describe("captions", () => {
  it("go along as descriptions only where the person wants it, cut to what Google takes", async () => {
    const { service, device, backUp } = world();
    device.captions.set("Divorce/house.png", "The house in May");
    await backUp();
    expect(service.items.map(({ description }) => description)).toEqual([undefined, undefined]);
    device.change({ captions: true });
    device.captions.set("new.png", "n".repeat(2000));
    device.vault.write("new.png", "new");
    device.vault.write("plain.png", "plain");
    device.kill();
    await backUp();
    expect(
      service.items
        .slice(2)
        .map(({ description }) => description?.length)
        .sort(),
    ).toEqual([999, undefined]);
  });

  it("are cut between characters, never inside one", async () => {
    const { service, device, backUp } = world();
    device.change({ captions: true });
    device.captions.set("Divorce/house.png", `${"n".repeat(998)}🏡`);
    await backUp();
    expect(service.items.map(({ description }) => description)).toContain("n".repeat(998));
  });
});
