import { describe, expect, it } from "vitest";
import { markOfName } from "../../src/model";
import { SimulatedTime } from "../simulation/clock";
import { SimulatedDevice, type Encoder } from "../simulation/device";
import { SeededRandom } from "../simulation/random";
import { SimulatedService } from "../simulation/service";

const HOUR = 3_600_000;

function world(seed = 1, encode?: Encoder) {
  const time = new SimulatedTime();
  const random = new SeededRandom(seed);
  const service = new SimulatedService(time, random.fork());
  const device = new SimulatedDevice("desk", time, random.fork(), service.library("desk"), encode);
  /** Runs until the device is calm: looked through, nothing running, nothing waiting. */
  const calm = async (limit = 24 * HOUR): Promise<void> => {
    const done = await time.run(
      () =>
        device.fault !== undefined ||
        (device.lookedThrough &&
          !device.running &&
          [...device.states.values()].every(({ is }) => is !== "waiting" && is !== "uploading")),
      limit,
    );
    if (device.fault !== undefined) throw device.fault as Error;
    expect(done, `calm within ${String(limit)} ms; states: ${JSON.stringify([...device.states])}`).toBe(true);
  };
  const pass = (ms: number) => time.run(() => false, ms);
  return { time, random, service, device, calm, pass };
}

function fill(device: SimulatedDevice, count: number): void {
  for (let number = 0; number < count; number += 1)
    device.vault.write(`img/${String(number)}.png`, `image ${String(number)}`);
}

describe("a first backup", () => {
  it("sends every image once, fifty to a create, with few other calls", async () => {
    const { service, device, calm } = world();
    fill(device, 500);
    device.start();
    await calm();
    const items = service.items.map(({ name }) => markOfName(name));
    expect(new Set(items).size).toBe(500);
    expect(items).toHaveLength(500);
    expect(service.calls.get("upload")).toBe(500);
    expect(service.calls.get("create")).toBeLessThanOrEqual(11);
    const others = [...service.calls].filter(([call]) => !["upload", "create", "account"].includes(call));
    // An album of the simulated service is full after one create: another is looked for, and made.
    const creates = service.calls.get("create") ?? 0;
    expect(others.reduce((sum, [, count]) => sum + count, 0)).toBeLessThanOrEqual(2 * creates + 1);
    expect(device.reads).toBe(500);
    expect(service.overlap).toBe(1);
    expect([...device.states.values()].every(({ is }) => is === "backed-up")).toBe(true);
  });

  it("follows what happens to the vault while what is known is still being read", async () => {
    const { service, device, calm } = world();
    fill(device, 3);
    device.start();
    // The engine has listed the vault by now, and waits for the disk.
    device.vault.remove("img/0.png");
    device.vault.write("img/1.png", "another picture");
    device.vault.write("img/new.png", "a new picture");
    await calm();
    expect([...device.states.keys()].sort()).toEqual(["img/1.png", "img/2.png", "img/new.png"]);
    expect(service.items).toHaveLength(3);
  });

  it("reads and sends nothing the second time", async () => {
    const { pass, service, device, calm } = world();
    fill(device, 30);
    await pass(1_000);
    device.start();
    await calm();
    await pass(1_000);
    device.kill();
    const { reads } = device;
    const calls = new Map(service.calls);
    device.start();
    await calm();
    expect(device.reads).toBe(reads);
    expect(service.calls).toEqual(calls);
    expect([...device.states.values()].filter(({ is }) => is === "backed-up")).toHaveLength(30);
  });

  it("sends a file once, however many paths it has", async () => {
    const { service, device, calm } = world();
    for (const path of ["a.png", "b.png", "c/d.png"]) device.vault.write(path, "one and the same");
    device.start();
    await calm();
    expect(service.items).toHaveLength(1);
    expect([...device.states.values()].map(({ is }) => is)).toEqual(["backed-up", "backed-up", "backed-up"]);
  });

  it("skips what is no image, for good", async () => {
    const { pass, service, device, calm } = world();
    device.vault.write("a.png", "no image");
    device.vault.write("b.png", "broken");
    device.vault.write("c.svg", "drawn");
    device.vault.write("d.png", "fine");
    await pass(1_000);
    device.start();
    await calm();
    await pass(1_000);
    expect(
      Object.fromEntries(
        [...device.states].map(([path, state]) => [path, "because" in state ? state.because : state.is]),
      ),
    ).toEqual({
      "a.png": "not-an-image",
      "b.png": "broken",
      "c.svg": "type",
      "d.png": "backed-up",
    });
    device.kill();
    const calls = new Map(service.calls);
    device.start();
    await calm();
    expect(service.calls).toEqual(calls);
  });
});

describe("a create", () => {
  it("whose answer is lost is settled by looking, not by sending again", async () => {
    const { service, device, calm } = world();
    let first = true;
    service.strike = (call) => {
      if (call !== "create" || !first) return undefined;
      first = false;
      return { when: "after", kind: "outcome-unknown" };
    };
    fill(device, 20);
    device.start();
    await calm();
    expect(service.items).toHaveLength(20);
    expect(service.calls.get("upload")).toBe(20);
    expect(service.calls.get("create")).toBe(1);
  });

  it("that comes late is waited for", async () => {
    const { service, device, calm } = world();
    let first = true;
    service.strike = (call) => {
      if (call !== "create" || !first) return undefined;
      first = false;
      return { when: "late", by: 200_000 };
    };
    fill(device, 20);
    device.start();
    await calm();
    expect(service.items).toHaveLength(20);
    expect(service.calls.get("create")).toBe(1);
  });

  it("is settled after a kill, and its token used again where nothing is found", async () => {
    const { time, service, device, calm } = world();
    fill(device, 5);
    device.start();
    await time.run(() => (service.calls.get("create") ?? 0) > 0, HOUR);
    device.kill();
    await time.run(() => false, 1_000);
    expect(service.items).toHaveLength(5);
    device.start();
    await calm();
    expect(service.items).toHaveLength(5);
    expect(service.calls.get("upload")).toBe(5);
  });
});

describe("a changed image", () => {
  it("is sent anew after ten quiet minutes, and its older version leaves the album", async () => {
    const { time, pass, service, device, calm } = world();
    device.vault.write("a.png", "first");
    await pass(1_000);
    device.start();
    await calm();
    device.vault.write("a.png", "second");
    await pass(9 * 60_000);
    expect(service.items).toHaveLength(1);
    device.vault.write("a.png", "third");
    await pass(9 * 60_000);
    expect(service.items).toHaveLength(1);
    await calm();
    await pass(10_000);
    expect(service.items).toHaveLength(2);
    const titles = service.items.map(({ albums }) => [...albums].map((id) => service.albums.get(id)?.title));
    expect(titles).toEqual([["Notes (older versions)"], ["Notes"]]);
    expect(time.elapsed).toBeLessThan(HOUR);
  });

  it("is quiet for as long where it changed while nobody watched, whatever is planned anew meanwhile", async () => {
    const { pass, service, device, calm } = world();
    device.vault.write("a.png", "first");
    await pass(1_000);
    device.start();
    await calm();
    await pass(1_000);
    device.kill();
    device.vault.write("a.png", "second");
    await pass(4 * 60_000);
    device.start();
    await pass(5 * 60_000);
    device.change({ dates: false });
    await pass(30_000);
    expect(service.calls.get("upload")).toBe(1);
    expect(device.states.get("a.png")).toEqual({ is: "waiting" });
    await pass(60_000);
    expect(service.calls.get("upload")).toBe(2);
  });

  it("is sent at once at a command", async () => {
    const { pass, service, device, calm } = world();
    device.vault.write("a.png", "first");
    await pass(1_000);
    device.start();
    await calm();
    device.vault.write("a.png", "second");
    await pass(1_000);
    device.engine?.backUp(["a.png"]);
    await pass(5_000);
    expect(service.items).toHaveLength(2);
  });

  it("that takes back its older bytes is not sent again, and returns to the album", async () => {
    const { pass, service, device, calm } = world();
    device.vault.write("a.png", "first");
    await pass(1_000);
    device.start();
    await calm();
    for (const content of ["second", "first"]) {
      device.vault.write("a.png", content);
      await pass(11 * 60_000);
      await calm();
      await pass(10_000);
    }
    expect(service.calls.get("upload")).toBe(2);
    expect(service.items.map(({ albums }) => albums.size)).toEqual([1, 1]);
  });
});

describe("a hold", () => {
  it("keeps everything from being read or sent, and ends by itself or at a word", async () => {
    const { pass, service, device, calm } = world();
    fill(device, 5);
    device.settings = { ...device.settings, wifiOnly: true, chargingOnly: true };
    device.conditions = { ...device.conditions, wifi: false, charging: false };
    device.start();
    await pass(HOUR);
    expect(device.hold).toEqual({ why: "wifi" });
    device.setConditions({ wifi: true });
    await pass(HOUR);
    expect(device.hold).toEqual({ why: "power" });
    device.engine?.pause();
    expect(device.engine?.isPaused).toBe(true);
    expect(device.engine?.backUp(), "what a word does not end").toEqual({ why: "power" });
    expect(device.engine?.isPaused).toBe(false);
    device.engine?.pause();
    expect(device.engine?.tryAgain()).toEqual({ why: "paused" });
    expect(device.engine?.backUp(["img/0.png"]), "a word about one of five").toEqual({ why: "paused" });
    device.setConditions({ charging: true });
    await pass(HOUR);
    expect(device.hold).toEqual({ why: "paused" });
    expect(device.reads).toBe(0);
    expect([...service.calls]).toEqual([]);
    expect(device.engine?.resume()).toBeUndefined();
    await calm();
    expect(service.items).toHaveLength(5);
    expect(device.hold).toBeUndefined();
  });

  it("for want of room is asked about once a day, however often the app is started, or at a word", async () => {
    const { pass, service, device, calm } = world();
    fill(device, 3);
    service.strike = (call) => (call === "create" ? { when: "before", kind: "storage-full" } : undefined);
    device.start();
    await pass(10_000);
    for (let start = 0; start < 3; start += 1) {
      expect(device.hold?.why).toBe("storage-full");
      device.kill();
      device.start();
      await pass(HOUR);
    }
    expect(service.calls.get("create")).toBe(1);
    await pass(24 * HOUR);
    expect(service.calls.get("create")).toBe(2);
    expect(service.calls.get("upload")).toBe(3);
    service.strike = () => undefined;
    device.engine?.backUp();
    await calm(10_000);
    expect(service.items).toHaveLength(3);
  });

  it("that a person set outlasts a restart", async () => {
    const { pass, service, device, calm } = world();
    device.start();
    await calm();
    device.engine?.pause(device.now() + HOUR);
    device.engine?.setOffHere(true);
    device.kill();
    device.start();
    fill(device, 3);
    await pass(HOUR / 2);
    expect(device.hold?.why).toBe("paused");
    await pass(HOUR);
    expect(device.hold).toEqual({ why: "off", here: true });
    expect(service.items).toHaveLength(0);
    device.engine?.backUp();
    await calm();
    expect(service.items).toHaveLength(3);
  });
});

describe("two files of the same bytes that somebody asks for", () => {
  const twins = (device: SimulatedDevice): void => {
    device.vault.write("a.png", "one and the same");
    device.vault.write("b.png", "one and the same");
  };

  it("rest where uploads fail, as one file does", async () => {
    const { service, device, pass } = world();
    twins(device);
    service.strike = (call) => (call === "upload" ? { when: "before", kind: "transient" } : undefined);
    device.start();
    await pass(1_000);
    device.backUp();
    await pass(10 * 60_000);
    // Five tries each, and as many for what was begun before it was asked for.
    expect(service.calls.get("upload")).toBeLessThanOrEqual(20);
    service.strike = () => undefined;
    await pass(HOUR);
    expect([...device.states.values()].map(({ is }) => is)).toEqual(["backed-up", "backed-up"]);
  });

  it("are left after a few tries of each where something of ours breaks", async () => {
    let tries = 0;
    const { device, pass } = world(1, () => {
      tries += 1;
      throw new RangeError("out of bounds");
    });
    twins(device);
    device.start();
    await pass(1_000);
    device.backUp();
    await pass(HOUR);
    const unreadable = { is: "skipped", because: "unreadable" };
    expect([...device.states.values()]).toEqual([unreadable, unreadable]);
    expect(tries).toBeLessThanOrEqual(12);
  });
});
