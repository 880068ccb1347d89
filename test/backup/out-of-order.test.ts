import { describe, expect, it } from "vitest";
import { pagesOf } from "../../src/backup/account/pages";
import type { Basis } from "../../src/backup/basis";
import type { PhotosErrorKind } from "../../src/model";
import { SimulatedDevice } from "../simulation/device";
import type { Call } from "../simulation/service";
import { backedUp, kinds } from "./backed-up";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** So many images come at once. */
const MANY = 60;

type World = Awaited<ReturnType<typeof backedUp>>;

function writeMany({ write }: World): void {
  for (let n = 0; n < MANY; n += 1) write(`${String(n)}.png`, `image ${String(n)}`);
}

/** How many calls a time takes, by their names. */
async function callsIn({ service, pass }: World, ms: number): Promise<(call: Call) => number> {
  const before = new Map(service.calls);
  await pass(ms);
  return (call) => (service.calls.get(call) ?? 0) - (before.get(call) ?? 0);
}

describe("an image with which every create breaks", () => {
  it("keeps no other from being backed up", async () => {
    const world = await backedUp({});
    world.write("odd.png", "out of order");
    writeMany(world);
    await world.pass(6 * HOUR);
    const { "odd.png": odd, ...others } = kinds(world.device);
    expect([odd, new Set(Object.values(others))]).toEqual(["failed", new Set(["backed-up"])]);
  });

  it("takes few requests, however many items lie in the album", async () => {
    const world = await backedUp(
      Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`${String(n)}.png`, String(n)])),
    );
    world.write("odd.png", "out of order");
    await world.pass(HOUR);
    const calls = await callsIn(world, DAY);
    // Five tries each quarter of an hour at most; its album is four pages.
    expect(calls("create")).toBeGreaterThan(50);
    expect(calls("list")).toBeLessThan(10);
    expect(calls("upload")).toBeLessThan(10);
  });
});

describe("creates of which none works", () => {
  it.each<PhotosErrorKind>(["transient", "permanent", "bad-item", "bad-token", "bad-album"])(
    "are tried now and then, not image by image, and the bytes are not sent again all day: %s",
    async (kind) => {
      const world = await backedUp({});
      world.service.strike = (call) => (call === "create" ? { when: "before", kind } : undefined);
      writeMany(world);
      await world.pass(HOUR);
      const calls = await callsIn(world, DAY);
      expect(calls("create")).toBeLessThan(kind === "bad-token" ? 12 * MANY : 110);
      expect(calls("list"), "nothing has come").toBeLessThan(20);
      expect(calls("upload")).toBeLessThanOrEqual(kind === "bad-token" ? 12 * MANY : 2 * MANY);
      world.service.strike = () => undefined;
      await world.pass(5 * HOUR);
      expect(new Set(Object.values(kinds(world.device)))).toEqual(new Set(["backed-up"]));
    },
  );
});

describe("a list of many pages", () => {
  it("goes on where a limit was met, so that it comes to its end", async () => {
    const files = Object.fromEntries(Array.from({ length: 900 }, (_, n) => [`${String(n)}.png`, String(n)]));
    const { time, random, service, pass } = await backedUp(files);
    const phone = new SimulatedDevice("phone", time, random.fork(), service.library("phone"));
    for (const [path, content] of Object.entries(files)) phone.vault.write(path, content);
    let lists = 0;
    // Another program takes most of what a minute allows.
    service.strike = (call) =>
      call === "list" && ++lists % 3 === 0 ? { when: "before", kind: "quota-minute" } : undefined;
    phone.change({});
    phone.start();
    await pass(HOUR);
    expect(new Set(Object.values(kinds(phone)))).toEqual(new Set(["backed-up"]));
    expect(lists).toBeLessThan(60);
    expect(service.items).toHaveLength(900);
  });

  it("that never ends is given up", async () => {
    const { signal } = new AbortController();
    const basis = { retries: { patiently: (question: () => unknown) => question() }, signal };
    const pages = pagesOf(
      () => Promise.resolve({ rows: ["row"], next: "the same" }),
      basis as unknown as Basis,
    );
    const all = async (): Promise<void> => {
      for await (const rows of pages) expect(rows).toHaveLength(1);
    };
    await expect(all()).rejects.toMatchObject({ kind: "transient" });
  });
});

describe("an item of which Google does not say whether it was made", () => {
  it("is settled by looking, also where the token has gone and the bytes come out otherwise", async () => {
    const world = await backedUp({ "a.png": "one" });
    const { service, device, write, pass, time } = world;
    let isOdd = true;
    service.lag = 2 * MINUTE;
    service.answered = (result) => {
      const was = isOdd;
      isOdd = false;
      return was ? { is: "again" } : result;
    };
    write("b.png", "two");
    await time.run(() => !isOdd, HOUR);
    await pass(300);
    device.kill();
    device.disk.loseDatabase();
    device.start();
    await pass(2 * HOUR);
    expect(kinds(device)).toEqual({ "a.png": "backed-up", "b.png": "backed-up" });
    expect(service.items).toHaveLength(2);
    expect(service.calls.get("create")).toBe(2);
  });
});
