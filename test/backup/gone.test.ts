import { describe, expect, it } from "vitest";
import { SimulatedDevice } from "../simulation/device";
import { backedUp, kinds } from "./backed-up";

const HOUR = 3_600_000;

const SENT = { "a.png": "one", "b.png": "two" };

/** Another device of the vault, to which no journals come. */
async function laptop({ time, random, service, device, pass }: Awaited<ReturnType<typeof backedUp>>) {
  const other = new SimulatedDevice("laptop", time, random.fork(), service.library("laptop"));
  other.settings = device.settings;
  for (const [path, { content }] of device.vault.files) other.vault.write(path, content);
  other.start();
  await pass(2 * HOUR);
  return other;
}

describe("an image that is gone from Google Photos", () => {
  it("is backed up on every device once one of them has sent it again, whatever the others had decided", async () => {
    const world = await backedUp({ ...SENT, "c.png": "three" });
    const { device, service, pass, told, itemOf, recovery } = world;
    const other = await laptop(world);
    for (const path of ["a.png", "b.png"]) itemOf(path).gone = true;
    for (const one of [device, other]) await told(one.engine?.recovery.verify());
    await told(other.engine?.recovery.forget(["b.png"]));
    expect(kinds(other)).toMatchObject({ "a.png": "removed", "b.png": "skipped" });
    await told(recovery()?.want(["a.png", "b.png"]));
    await pass(HOUR);
    for (const { vault } of [device, other]) {
      vault.write("d.png", "four");
      await pass(2 * HOUR);
    }
    const all = ["a.png", "b.png", "c.png", "d.png"].map((path) => [path, "backed-up"]);
    for (const one of [device, other]) expect(kinds(one), one.name).toEqual(Object.fromEntries(all));
    expect(service.items.filter(({ gone }) => !gone)).toHaveLength(4);
  });

  it("is told of though its folder is left out by now", async () => {
    const { device, pass, told, itemOf, recovery } = await backedUp(SENT);
    device.change({ folders: { include: [], exclude: ["/"] } });
    itemOf("a.png").gone = true;
    await told(recovery()?.verify());
    await pass(HOUR);
    expect(kinds(device)).toEqual({ "a.png": "removed", "b.png": "backed-up" });
  });

  it("is forgotten at one word where two of its items went", async () => {
    const { device, service, pass, told, restart, loseLedger, itemOf, recovery } = await backedUp(SENT);
    const mine = itemOf("a.png");
    const other = { ...mine, id: `${mine.id}-other` as typeof mine.id, albums: new Set(mine.albums) };
    service.items.push(other);
    await restart(loseLedger);
    await told(recovery()?.verify());
    for (const one of [mine, other]) {
      one.gone = true;
      await pass(HOUR);
      await told(recovery()?.verify());
    }
    expect(kinds(device)["a.png"]).toBe("removed");
    await told(recovery()?.forget(["a.png"]));
    expect(kinds(device)["a.png"]).toBe("skipped");
  });
});

describe("an image that was forgotten and is to be backed up again", () => {
  it("is linked where its file had gone alone, and has come back", async () => {
    let copies = 0;
    const { device, service, pass, write, told, absent, recovery } = await backedUp(
      SENT,
      {},
      (content) => `${content}, copy ${++copies}`,
    );
    device.vault.remove("a.png");
    await pass(1_000);
    expect(await absent()).toEqual({ missing: {}, only: ["a.png"] });
    await told(recovery()?.forget(["a.png"]));
    write("a.png", "one");
    await pass(HOUR);
    expect(kinds(device)["a.png"]).toBe("skipped");
    expect(await told(recovery()?.want(["a.png"]))).toMatchObject({ is: "checked" });
    await pass(HOUR);
    expect(kinds(device)["a.png"]).toBe("backed-up");
    expect(service.items).toHaveLength(2);
  });

  it("is linked where its item has come out of the bin, and sent where it has not", async () => {
    const { device, service, pass, told, itemOf, uploads, recovery } = await backedUp(SENT);
    for (const path of ["a.png", "b.png"]) itemOf(path).gone = true;
    await told(recovery()?.verify());
    await told(recovery()?.forget(["a.png", "b.png"]));
    itemOf("a.png").gone = false;
    await pass(40 * 24 * HOUR);
    expect(new Set(Object.values(kinds(device))), "forgotten for good").toEqual(new Set(["skipped"]));
    await told(recovery()?.want(["a.png", "b.png"]));
    await pass(HOUR);
    expect(new Set(Object.values(kinds(device)))).toEqual(new Set(["backed-up"]));
    expect([uploads(), service.items.length]).toEqual([3, 3]);
  });
});

describe("what a person asks for, where nothing can be written down", () => {
  it.each(["leave", "forget", "want", "restore", "verify"] as const)(
    "ends this life of the engine, of which a hold tells, and rejects nowhere: %s",
    async (command) => {
      const { device, pass, told, absent, itemOf, recovery } = await backedUp({ ...SENT, "c.png": "three" });
      device.vault.remove("b.png");
      await pass(1_000);
      await absent("b.png");
      itemOf("a.png").gone = true;
      await told(recovery()?.verify());
      itemOf("c.png").gone = true;
      device.disk.isFullFor = () => true;
      const [answer] = await Promise.allSettled([recovery()?.[command](["a.png", "b.png"]), pass(5_000)]);
      expect(answer.status).toBe("fulfilled");
      expect([device.faults.length, device.hold?.why]).toEqual([1, "stopped"]);
      device.disk.isFullFor = () => false;
      await pass(HOUR);
      expect(kinds(device)["a.png"]).toBe("removed");
    },
  );
});
