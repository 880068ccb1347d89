import { describe, expect, it } from "vitest";
import { checkCounted } from "../simulation/promises";
import { backedUp, kinds } from "./backed-up";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A vault with one image that is safe, and a disk that refuses what is appended to a journal. */
async function refusing(isRefused: (nth: number) => boolean = () => true) {
  const world = await backedUp({ "a.png": "one" });
  const { device, time, pass } = world;
  const at: number[] = [];
  let appends = 0;
  device.disk.isFullFor = () => {
    appends += 1;
    if (isRefused(appends)) at.push(time.elapsed);
    return isRefused(appends);
  };
  /** Passes time until the engine has stopped so often. */
  const stopped = async (times = 1): Promise<void> => {
    await time.run(() => device.faults.length >= times && device.hold?.why === "stopped", HOUR);
    expect([device.faults.length, device.hold?.why]).toEqual([times, "stopped"]);
  };
  const names = () => world.service.items.map(({ name }) => name.slice(0, 1)).sort();
  return { ...world, pass, stopped, names, at };
}

describe("one append that is refused", () => {
  it("is told, and by itself everything is sent once, with what came and went meanwhile", async () => {
    const { device, write, pass, stopped, names } = await refusing((nth) => nth === 1);
    write("b.png", "two");
    write("gone.png", "three");
    await stopped();
    expect(device.hold).toEqual({ why: "stopped", until: device.now() + 10 * SECOND });
    expect([kinds(device), device.running]).toEqual([
      { "a.png": "backed-up", "b.png": "waiting", "gone.png": "waiting" },
      false,
    ]);
    await pass(5 * SECOND);
    write("c.png", "four");
    device.vault.remove("gone.png");
    await pass(HOUR);
    expect([device.hold, device.faults.length]).toEqual([undefined, 1]);
    expect(kinds(device)).toEqual({ "a.png": "backed-up", "b.png": "backed-up", "c.png": "backed-up" });
    expect(names()).toEqual(["a", "b", "c"]);
  });
});

describe("what was on its way when a life ended", () => {
  it("is told as on its way no more, though it goes on for a moment", async () => {
    const { device, write, pass, stopped } = await refusing((nth) => nth === 1);
    device.isSlow = (path) => path === "slow.png";
    write("slow.png", "two");
    // Its size and time are asked for twice.
    await pass(55 * SECOND);
    write("b.png", "three");
    await stopped();
    await pass(8 * SECOND);
    expect([device.hold?.why, kinds(device)]).toEqual([
      "stopped",
      { "a.png": "backed-up", "b.png": "waiting", "slow.png": "waiting" },
    ]);
  });

  it("is on disk before the next one reads its journals", async () => {
    const { device, write, pass, absent } = await backedUp({ "a.png": "one", "b.png": "two" });
    device.vault.rename("a.png", "c.png");
    device.vault.rename("b.png", "d.png");
    await pass(SECOND);
    let appends = 0;
    device.disk.isFullFor = () => ++appends === 1;
    device.disk.slowness = 5 * SECOND;
    // Where they lay last is written down, one after the other: the first is refused, the second takes a while.
    device.vault.remove("c.png");
    device.vault.remove("d.png");
    await pass(SECOND);
    expect(device.hold?.why).toBe("stopped");
    write("e.png", "three");
    device.engine?.wake();
    await pass(HOUR);
    expect([kinds(device), device.faults.length]).toEqual([{ "e.png": "backed-up" }, 1]);
    expect((await absent("d.png")).missing).toEqual({ "d.png": "d.png" });
    checkCounted(device.disk.journals.values());
  });

  it("is not written down once the next one has begun", async () => {
    const { device, write, pass, recovery } = await backedUp({ "a.png": "one" });
    device.vault.remove("a.png");
    device.isSlow = (path) => path === "a.png";
    const restored = recovery()?.restore(["a.png"]);
    await pass(5 * SECOND);
    let appends = 0;
    device.disk.isFullFor = () => ++appends === 1;
    write("b.png", "two");
    await pass(10 * SECOND);
    expect(device.hold?.why).toBe("stopped");
    device.engine?.wake();
    await pass(5 * SECOND);
    write("c.png", "three");
    await pass(HOUR);
    expect(kinds(device)).toEqual({ "b.png": "backed-up", "c.png": "backed-up" });
    expect(await restored).toBeUndefined();
    const text = [...device.disk.journals.values()].join("");
    const counted = [...text.matchAll(/"n":(\d+)/g)].map(([, n]) => Number(n));
    expect(device.disk.memory.get("counter")).toBe(Math.max(...counted));
    checkCounted(device.disk.journals.values());
  });
});

describe("an engine that is stopped", () => {
  it("has written down where files lie that were renamed a moment before: none is read again", async () => {
    const { device, time, pass } = await backedUp({ "old/a.png": "one", "old/b.png": "two" });
    for (const name of ["a.png", "b.png"]) device.vault.rename(`old/${name}`, `new/${name}`);
    await pass(SECOND);
    const { reads } = device;
    device.engine?.stop();
    await time.run(() => device.ended, MINUTE);
    device.start();
    await pass(HOUR);
    expect(kinds(device)).toEqual({ "new/a.png": "backed-up", "new/b.png": "backed-up" });
    expect(device.reads).toBe(reads);
  });
});

describe("a disk that goes on refusing", () => {
  it("is asked less and less often, up to every ten minutes, and soon again once it has got over it", async () => {
    let isFull = true;
    const { device, write, pass, stopped, at } = await refusing(() => isFull);
    write("b.png", "two");
    await pass(2 * HOUR);
    const rests = at.slice(1).map((time, place) => Math.round((time - (at[place] ?? 0)) / SECOND));
    const least = [10, 20, 40, 80, 160, 320, 600, 600, 600];
    for (const [place, rest] of least.entries()) {
      expect(rests[place], `rest ${String(place)}`).toBeGreaterThanOrEqual(rest);
      // Each life needs a moment until it writes something down.
      expect(rests[place], `rest ${String(place)}`).toBeLessThan(rest + 120);
    }
    isFull = false;
    await pass(HOUR);
    expect(kinds(device)).toEqual({ "a.png": "backed-up", "b.png": "backed-up" });
    isFull = true;
    write("c.png", "three");
    await stopped(device.faults.length + 1);
    expect(device.hold).toEqual({ why: "stopped", until: device.now() + 10 * SECOND });
  });

  it("has nothing sent in vain, though the database refuses as well, which keeps what was uploaded", async () => {
    const { device, write, pass, uploads } = await refusing();
    write("b.png", "two");
    for (let hour = 0; hour < 24; hour += 1) {
      await pass(HOUR);
      device.disk.loseDatabase();
    }
    expect(device.faults.length).toBeGreaterThan(100);
    expect(uploads()).toBe(2);
  });

  it("ends nothing but the rest when the engine is stopped, and then nothing begins anew", async () => {
    const { device, time, service, write, pass, stopped } = await refusing();
    write("b.png", "two");
    await stopped();
    device.engine?.stop();
    await time.run(() => device.ended, SECOND);
    expect(device.ended).toBe(true);
    const calls = new Map(service.calls);
    const { woken } = time;
    await pass(HOUR);
    expect([service.calls, time.woken, device.faults.length]).toEqual([calls, woken, 1]);
  });
});

describe("while it rests", () => {
  it("whoever tries again does not wait", async () => {
    const { device, time, write, pass, stopped } = await refusing((nth) => nth < 4);
    write("b.png", "two");
    for (const times of [1, 2, 3]) {
      await stopped(times);
      const before = time.elapsed;
      device.engine?.wake();
      await pass(0);
      await time.run(() => device.faults.length > times || kinds(device)["b.png"] === "backed-up", HOUR);
      expect(time.elapsed - before).toBeLessThan(5 * MINUTE);
    }
    await pass(HOUR);
    expect([kinds(device)["b.png"], device.hold]).toEqual(["backed-up", undefined]);
  });

  it("a command is carried out in the next life, which begins at once for it", async () => {
    const { device, write, pass, stopped, told, recovery, names } = await refusing((nth) => nth === 1);
    write("b.png", "two");
    await stopped();
    device.change({ automatic: false });
    write("c.png", "three");
    device.engine?.backUp(["c.png"]);
    expect(await told(recovery()?.verify())).toMatchObject({ is: "checked", gone: 0 });
    await pass(HOUR);
    expect(kinds(device)).toEqual({ "a.png": "backed-up", "b.png": "waiting", "c.png": "backed-up" });
    expect([device.hold, names()]).toEqual([{ why: "off", here: false }, ["a", "c"]]);
  });

  it("what was asked for before is still wanted, and a pause is kept", async () => {
    const { device, write, pass, stopped } = await refusing((nth) => nth === 1);
    device.change({ automatic: false });
    write("b.png", "two");
    await pass(SECOND);
    device.backUp();
    await stopped();
    device.engine?.pause();
    await pass(HOUR);
    expect([kinds(device)["b.png"], device.hold]).toEqual(["waiting", { why: "paused" }]);
    device.engine?.resume();
    await pass(HOUR);
    expect([kinds(device)["b.png"], device.hold]).toEqual(["backed-up", { why: "off", here: false }]);
  });
});

describe("a pause that comes while it rests", () => {
  it("outlasts the app", async () => {
    const { device, write, stopped, restart, pass } = await refusing((nth) => nth === 1);
    write("b.png", "two");
    await stopped();
    device.engine?.pause();
    await restart();
    await pass(HOUR);
    expect([kinds(device)["b.png"], device.hold]).toEqual(["waiting", { why: "paused" }]);
  });
});

describe("a start that cannot read a journal", () => {
  it("is told, and followed by another one that knows of what people did meanwhile", async () => {
    const { device, pass, restart, write } = await backedUp({ "a.png": "one" });
    await restart(() => {
      device.disk.isOutOfReach = true;
      device.disk.journalCache = [];
      write("b.png", "two");
    });
    expect([device.lookedThrough, device.hold?.why]).toEqual([false, "stopped"]);
    device.engine?.pause();
    device.disk.isOutOfReach = false;
    await pass(HOUR);
    expect([device.lookedThrough, device.hold, kinds(device)["b.png"]]).toEqual([
      true,
      { why: "paused" },
      "waiting",
    ]);
    device.engine?.resume();
    await pass(HOUR);
    expect([kinds(device), device.hold]).toEqual([{ "a.png": "backed-up", "b.png": "backed-up" }, undefined]);
  });
});

describe("an image at which something of ours breaks", () => {
  it("is left after four tries, while the others are sent, until somebody tries again", async () => {
    const { device, pass, write, service } = await backedUp({ "a.png": "one" });
    device.breaksAt = "b.png";
    write("b.png", "two");
    write("c.png", "three");
    await pass(HOUR);
    expect(kinds(device)).toEqual({ "a.png": "backed-up", "b.png": "skipped", "c.png": "backed-up" });
    expect(device.states.get("b.png")).toEqual({ is: "skipped", because: "unreadable" });
    expect([device.faults.map(String), device.hold]).toEqual([
      Array.from({ length: 4 }, () => "RangeError: out of bounds"),
      undefined,
    ]);
    device.breaksAt = undefined;
    device.engine?.tryAgain();
    await pass(HOUR);
    expect([kinds(device)["b.png"], service.items.length]).toEqual(["backed-up", 3]);
  });
});

describe("what somebody asks for at the moment when a life ends", () => {
  it("is done at once, and not after a rest", async () => {
    let rename = (): void => undefined;
    const { device, time, write, pass } = await refusing((nth) => {
      rename();
      return nth === 1;
    });
    // So that what is known of files has still to be saved.
    rename = () => device.vault.rename("a.png", "c.png");
    write("b.png", "two");
    await time.run(() => device.running, HOUR);
    await time.run(() => !device.running, HOUR);
    expect(device.faults).toEqual([]);
    device.engine?.backUp();
    await pass(5 * SECOND);
    expect([device.faults.length, kinds(device)]).toEqual([
      1,
      { "c.png": "backed-up", "b.png": "backed-up" },
    ]);
  });
});
