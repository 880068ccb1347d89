import { describe, expect, it } from "vitest";
import { markOfName } from "../../src/model";
import { SimulatedTime } from "../simulation/clock";
import { SimulatedDevice } from "../simulation/device";
import { sha256 } from "../simulation/promises";
import { SeededRandom } from "../simulation/random";
import { SimulatedService } from "../simulation/service";
import { backedUp, kinds } from "./backed-up";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe("an image that changes while the first look is under way", () => {
  it("is sent as it is then", async () => {
    const time = new SimulatedTime();
    const random = new SeededRandom(1);
    const service = new SimulatedService(time, random.fork());
    const device = new SimulatedDevice("desk", time, random.fork(), service.library("desk"));
    device.vault.write("a.png", "one");
    await time.run(() => false, 1_000);
    let looks = 0;
    service.strike = (call) =>
      call === "albums" && (looks += 1) <= 3 ? { when: "before", kind: "transient" } : undefined;
    device.start();
    await time.run(() => device.reads === 1, HOUR);
    await time.run(() => false, 500);
    expect(service.items).toEqual([]);
    device.vault.write("a.png", "two");
    await time.run(() => false, HOUR);
    const sent = service.items.map(({ name }) => markOfName(name)?.slice(0, 16));
    expect([kinds(device)["a.png"], sent]).toEqual(["backed-up", [sha256("two").slice(0, 16)]]);
  });
});

describe("an image that changes again before its newer version is made", () => {
  it.each([
    ["while that is uploaded", "transient"],
    ["while nothing is sent", "offline"],
  ] as const)("%s: the version that was made gives way", async (_when, kind) => {
    const { device, service, time, pass, write, inAlbum } = await backedUp({ "a.png": "one" });
    service.strike = (call) => (call === "upload" ? { when: "before", kind } : undefined);
    write("a.png", "two");
    const before = service.calls.get("upload") ?? 0;
    await time.run(() => (service.calls.get("upload") ?? 0) > before, HOUR);
    write("a.png", "three");
    service.strike = () => undefined;
    // It is one that was backed up, and may go on changing.
    await pass(9 * MINUTE);
    expect([kinds(device)["a.png"], service.items.length]).toEqual(["waiting", 1]);
    await pass(HOUR);
    expect(kinds(device)).toEqual({ "a.png": "backed-up" });
    expect(inAlbum("Notes").map(({ content }) => content)).toEqual(["three"]);
    expect(inAlbum("Notes (older versions)").map(({ content }) => content)).toEqual(["one"]);
  });
});

describe("an image that changes once more", () => {
  it("while nobody knows whether its newer version was made: both versions before give way", async () => {
    const { device, service, time, pass, write, inAlbum } = await backedUp({ "a.png": "one" });
    service.strike = (call) => (call === "create" ? { when: "after", kind: "outcome-unknown" } : undefined);
    write("a.png", "two");
    await time.run(() => service.items.length === 2, HOUR);
    service.strike = () => undefined;
    device.kill();
    write("a.png", "three");
    await pass(HOUR);
    device.start();
    await pass(2 * HOUR);
    expect(kinds(device)).toEqual({ "a.png": "backed-up" });
    expect(inAlbum("Notes").map(({ content }) => content)).toEqual(["three"]);
    expect(inAlbum("Notes (older versions)").map(({ content }) => content)).toEqual(["one", "two"]);
  });

  it("while somebody looks is not told as on its way until it is", async () => {
    const { device, service, time, pass, write, restart } = await backedUp({ "a.png": "one" });
    await restart();
    const looks = service.calls.get("albums") ?? 0;
    write("a.png", "two");
    await time.run(() => (service.calls.get("albums") ?? 0) > looks, HOUR);
    write("a.png", "three");
    await pass(MINUTE);
    expect(kinds(device)).toEqual({ "a.png": "waiting" });
    await pass(HOUR);
    expect(service.items.map(({ content }) => content)).toEqual(["one", "three"]);
  });
});

describe("an image that is moved on its way", () => {
  it.each(["read", "uploaded"])(
    "while it is %s, changed as it is: the older version gives way",
    async (when) => {
      const { device, time, pass, write, inAlbum } = await backedUp({ "a.png": "one" });
      write("a.png", "two");
      const { reads } = device;
      await time.run(
        () => (when === "read" ? device.reads > reads : device.states.get("a.png")?.is === "uploading"),
        HOUR,
      );
      device.vault.rename("a.png", "b.png");
      await pass(HOUR);
      expect(kinds(device)).toEqual({ "b.png": "backed-up" });
      expect(inAlbum("Notes").map(({ content }) => content)).toEqual(["two"]);
      expect(inAlbum("Notes (older versions)").map(({ content }) => content)).toEqual(["one"]);
    },
  );

  it("before its item is made comes to the album of the folder where it lies then, and is described as there", async () => {
    const world = await backedUp({}, { albums: "folders", captions: true });
    const { device, service, time, pass, write, uploads, inAlbum } = world;
    device.captions.set("B/y.png", "what the note says");
    write("A/x.png", "two");
    await time.run(() => uploads() === 1, HOUR);
    device.engine?.pause();
    await pass(1_000);
    device.vault.rename("A/x.png", "B/y.png");
    device.engine?.resume();
    await pass(HOUR);
    expect(service.items.map(({ description }) => description)).toEqual(["what the note says"]);
    expect([...service.albums.values()].map(({ title }) => title)).toEqual(["Notes / B"]);
    expect(inAlbum("Notes / B")).toHaveLength(1);
    expect([...device.disk.journals.values()].join("")).toContain('"path":"B/y.png"');
  });
});

describe("an image that has just come, and is given another name at once", () => {
  it("still goes before the rest", async () => {
    const { device, time, pass, write, uploads } = await backedUp({});
    device.engine?.pause();
    for (let number = 0; number < 60; number += 1) write(`m/${String(number)}.png`, String(number));
    await pass(MINUTE);
    // What waits is planned anew: it has not just come any more.
    device.change({ neutralNames: false });
    await pass(5_000);
    device.engine?.resume();
    await time.run(() => uploads() > 10, HOUR);
    write("Pasted image.png", "new");
    await pass(100);
    device.vault.rename("Pasted image.png", "A picture.png");
    const before = uploads();
    await time.run(() => device.states.get("A picture.png")?.is === "uploading", HOUR);
    expect(uploads() - before).toBeLessThan(20);
  });
});
