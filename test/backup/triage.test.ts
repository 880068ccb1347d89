import { describe, expect, it } from "vitest";
import { SimulatedTime } from "../simulation/clock";
import { SimulatedDevice } from "../simulation/device";
import { SeededRandom } from "../simulation/random";
import { SimulatedService } from "../simulation/service";
import { backedUp, kinds } from "./backed-up";

const HOUR = 3_600_000;

describe("a file that something touches", () => {
  it("is not read again where its size and time are as they were", async () => {
    const { device, pass } = await backedUp({ "a.png": "one" });
    const { reads } = device;
    device.vault.touch("a.png");
    await pass(HOUR);
    expect(device.reads).toBe(reads);
    expect(kinds(device)).toEqual({ "a.png": "backed-up" });
  });
});

describe("a file that changes on every read, and nobody tells of it", () => {
  it("fails after ten times, rests, and is sent when it has come to rest", async () => {
    const { time, device, pass, write, uploads } = await backedUp({ "a.png": "one" });
    let isAtRest = false;
    let reads = device.reads;
    write("b.png", "two");
    const isFailed = (): boolean => device.states.get("b.png")?.is === "failed";
    await time.run(() => {
      const file = device.vault.files.get("b.png");
      if (file !== undefined && device.reads > reads && !isAtRest)
        device.vault.files.set("b.png", { ...file, mtime: file.mtime + 1 });
      reads = device.reads;
      return isFailed();
    }, HOUR);
    expect(device.states.get("b.png")).toMatchObject({ is: "failed", because: "changing" });
    expect([device.reads, uploads()]).toEqual([11, 1]);
    isAtRest = true;
    await pass(9 * 60_000);
    expect(device.reads).toBe(11);
    await pass(2 * 60_000);
    expect(kinds(device)).toEqual({ "a.png": "backed-up", "b.png": "backed-up" });
  });
});

describe("an image that is pasted", () => {
  it("is on its way within a second after its file is still", async () => {
    const { time, write, pass, uploads } = await backedUp({ "a.png": "one" });
    write("pasted.png", "half");
    await pass(400);
    write("pasted.png", "half and half");
    expect(await time.run(() => uploads() === 2, 1_000)).toBe(true);
  });
});

describe("an image whose time is older when it comes", () => {
  it("is left for five minutes to the device that made it, unless somebody asks for it", async () => {
    const { device, pass, write, uploads } = await backedUp({ "a.png": "one" });
    write("b.png", "from elsewhere", device.now() - 10_000);
    write("c.png", "from elsewhere, too", device.now() - 10_000);
    await pass(4 * 60_000);
    expect([kinds(device)["b.png"], uploads()]).toEqual(["waiting", 1]);
    device.engine?.backUp(["c.png"]);
    await pass(10_000);
    expect(kinds(device)).toEqual({ "a.png": "backed-up", "b.png": "waiting", "c.png": "backed-up" });
    await pass(60_000);
    expect(kinds(device)["b.png"]).toBe("backed-up");
  });
});

describe("thousands of images that come together", () => {
  it("are not taken for just pasted: they go together, and are not looked for one by one", async () => {
    const { pass, write, service } = await backedUp({ "a.png": "one" });
    const before = service.calls.get("create") ?? 0;
    for (let number = 0; number < 400; number += 1) write(`${String(number)}.png`, `new ${String(number)}`);
    await pass(HOUR);
    expect((service.calls.get("create") ?? 0) - before).toBeLessThan(400 / 50 + 4);
  });
});

describe("videos", () => {
  it("are looked for only while the person wants them", async () => {
    const { device, pass, write, uploads } = await backedUp({ "a.mp4": "one" }, { video: true });
    device.change({ video: false });
    await pass(HOUR);
    expect(kinds(device)).toEqual({});
    write("b.mp4", "two");
    write("c.png", "three");
    await pass(HOUR);
    device.vault.rename("c.png", "c.mp4");
    await pass(HOUR);
    expect(kinds(device)).toEqual({});
    device.change({ video: true });
    await pass(HOUR);
    expect(kinds(device)).toEqual({ "a.mp4": "backed-up", "b.mp4": "backed-up", "c.mp4": "backed-up" });
    expect(uploads()).toBe(3);
  });
});

describe("an image that cannot be read", () => {
  it("is skipped, and taken up again at a word with no other", async () => {
    const { device, pass, write, uploads } = await backedUp({ "a.png": "one" });
    device.vault.unreadable.add("b.png");
    write("b.png", "two");
    write("c.svg", "drawn");
    await pass(HOUR);
    expect(device.states.get("b.png")).toEqual({ is: "skipped", because: "unreadable" });
    device.vault.unreadable.clear();
    const { reads } = device;
    device.engine?.tryAgain();
    await pass(HOUR);
    expect(kinds(device)).toEqual({ "a.png": "backed-up", "b.png": "backed-up", "c.svg": "skipped" });
    expect([device.reads - reads, uploads()]).toEqual([1, 2]);
  });
});

describe("an image that was read before and cannot be read any more", () => {
  it("is tried a few times, since another program may hold it, then skipped", async () => {
    const { device, service, pass, write } = await backedUp({});
    service.strike = (call) => (call === "upload" ? { when: "before", kind: "permanent" } : undefined);
    write("a.png", "one");
    await pass(60_000);
    expect(kinds(device)).toEqual({ "a.png": "failed" });
    device.vault.unreadable.add("a.png");
    const { reads } = device;
    device.engine?.tryAgain();
    await pass(60_000);
    expect(device.states.get("a.png")).toEqual({ is: "waiting" });
    await pass(HOUR);
    expect(device.states.get("a.png")).toEqual({ is: "skipped", because: "unreadable" });
    expect(device.reads - reads).toBeLessThan(6);
  });
});

describe("images of the note in front", () => {
  it("are sent before all others, now and when they are planned anew", async () => {
    const { device, time, write, pass, uploads } = await backedUp({}, { uploads: 1 });
    device.engine?.pause();
    for (let number = 0; number < 30; number += 1) write(`${String(number)}.png`, String(number));
    await pass(HOUR);
    device.engine?.putFirst(["28.png", "29.png"]);
    device.change({ dates: false });
    await pass(1_000);
    device.engine?.resume();
    await time.run(() => uploads() >= 4, HOUR);
    const started = [...device.states].filter(([, { is }]) => is !== "waiting").map(([path]) => path);
    expect(started).toEqual(expect.arrayContaining(["28.png", "29.png"]));
    expect(started.length).toBeLessThan(10);
  });
});

describe("who asks for an image", () => {
  it("asks for the file that is there, whatever it is renamed to, and for no later one of that name", async () => {
    const { device, pass, write } = await backedUp({ "safe.png": "one" });
    device.change({ automatic: false });
    const others = ["renamed.png", "deleted.png", "never there.png"];
    for (const path of ["renamed.png", "deleted.png", "not asked for.png"]) write(path, `at first ${path}`);
    device.setConditions({ online: false });
    device.engine?.backUp(["safe.png", ...others]);
    device.vault.rename("renamed.png", "as it is called now.png");
    device.vault.remove("deleted.png");
    await pass(HOUR);
    for (const path of others) write(path, `later ${path}`);
    device.setConditions({ online: true });
    await pass(HOUR);
    expect(kinds(device)).toEqual({
      "safe.png": "backed-up",
      "as it is called now.png": "backed-up",
      "not asked for.png": "waiting",
      ...Object.fromEntries(others.map((path) => [path, "waiting"])),
    });
  });
});

describe("who turns the backup off", () => {
  it("wants nothing more to be sent, not even what was asked for before", async () => {
    const { device, pass, write, uploads } = await backedUp({});
    device.setConditions({ online: false });
    write("a.png", "one");
    await pass(1_000);
    device.engine?.backUp(["a.png"]);
    await pass(1_000);
    device.change({ automatic: false });
    await pass(1_000);
    device.setConditions({ online: true });
    await pass(HOUR);
    expect([kinds(device), uploads()]).toEqual([{ "a.png": "waiting" }, 0]);
  });
});

describe("a backup that is asked for", () => {
  it("is of some images, and leaves the others alone", async () => {
    const { device, pass, write } = await backedUp({});
    device.change({ automatic: false });
    write("in/a.png", "one");
    write("in/sub/b.png", "two");
    write("inner/c.png", "three");
    await pass(HOUR);
    device.engine?.backUp(["in/a.png", "in/sub/b.png"]);
    await pass(60_000);
    expect(kinds(device)).toMatchObject({ "in/a.png": "backed-up", "in/sub/b.png": "backed-up" });
    expect(kinds(device)["inner/c.png"]).not.toBe("backed-up");
  });

  it("takes up again what has failed", async () => {
    const { device, service, pass, write } = await backedUp({});
    service.strike = (call) => (call === "upload" ? { when: "before", kind: "permanent" } : undefined);
    write("a.png", "one");
    await pass(60_000);
    expect(kinds(device)).toEqual({ "a.png": "failed" });
    service.strike = () => undefined;
    device.engine?.tryAgain();
    await pass(60_000);
    expect(kinds(device)).toEqual({ "a.png": "backed-up" });
  });
});

describe("an engine that is not open yet", () => {
  /** A device whose engine has been started this very moment. */
  function started() {
    const time = new SimulatedTime();
    const random = new SeededRandom(6);
    const service = new SimulatedService(time, random.fork());
    const device = new SimulatedDevice("desk", time, random.fork(), service.library("desk"));
    device.vault.write("a.png", "one");
    device.start();
    const { engine } = device;
    if (engine === undefined) throw new Error("not started");
    return { time, device, engine };
  }

  it("knows of nothing to bring back, to check or to estimate", async () => {
    const { device, engine } = started();
    const { signal } = new AbortController();
    device.lost = ["a.png"];
    expect(await engine.recovery.look()).toEqual([]);
    expect(await engine.recovery.verify()).toBeUndefined();
    expect(await engine.recovery.restore(["a.png"])).toBeUndefined();
    expect(await engine.estimateSaving(signal, () => undefined)).toMatchObject({ tried: 0, bytes: 0 });
  });

  it("knows whether it is off on this device, and can be turned off", async () => {
    const { time, device, engine } = started();
    expect(engine.offHere).toBe(false);
    engine.setOffHere(true);
    expect(engine.offHere).toBe(true);
    await time.run(() => false, HOUR);
    expect([device.hold, device.reads]).toEqual([{ why: "off", here: true }, 0]);
    engine.setOffHere(false);
    await time.run(() => false, HOUR);
    expect(kinds(device)).toEqual({ "a.png": "backed-up" });
  });
});

describe("an estimate of what Storage saver would save", () => {
  it("is made of the vault's own images, and sends nothing", async () => {
    const { device, told, write, uploads } = await backedUp({}, { automatic: false }, () => "short");
    write("a.png", "longer than that");
    const { signal } = new AbortController();
    const estimate = await told(device.engine?.estimateSaving(signal, () => undefined));
    expect(estimate).toEqual({ tried: 1, bytes: 16, saved: 11 });
    expect(uploads()).toBe(0);
  });
});

describe("a command about the whole vault", () => {
  it("lets go of the thread now and then, and is carried out whole", async () => {
    const paths = Array.from({ length: 60 }, (_, number) => `${String(number)}.png`);
    const { device, pass, write } = await backedUp({}, { automatic: false });
    for (const path of paths) write(path, path);
    await pass(60_000);
    const before = device.breaths;
    device.engine?.backUp();
    await pass(1_000);
    expect(device.breaths - before).toBeGreaterThanOrEqual(paths.length);
    await pass(HOUR);
    expect(new Set(Object.values(kinds(device)))).toEqual(new Set(["backed-up"]));
  });
});
