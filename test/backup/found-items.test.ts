import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { SimulatedDevice } from "../simulation/device";
import { backedUp, kinds } from "./backed-up";

const HOUR = 3_600_000;

/** What is sent on each device, as the other one encodes it. */
const alike = (content: string): string => `sent ${createHash("sha256").update(content).digest("hex")}`;

describe("an item of another device, whose file comes later", () => {
  /** This device has found another one's item; it is gone since, for good. */
  async function foundAndGone(sent?: (content: string) => string) {
    const world = await backedUp({ "a.png": "one" }, {}, sent);
    const { time, random, service, device, pass, write } = world;
    const other = new SimulatedDevice("laptop", time, random.fork(), service.library("laptop"));
    other.settings = device.settings;
    other.vault.write("b.png", "two");
    other.start();
    await pass(HOUR);
    other.kill();
    write("c.png", "three");
    await pass(2 * HOUR);
    expect([...device.disk.journals.values()].join("")).toContain('"seen"');
    world.change("b.png", { gone: true });
    return world;
  }

  it.each([true, false])("is sent where the item is gone (by a check: %s)", async (isChecked) => {
    const { service, device, pass, write, told, recovery } = await foundAndGone();
    if (isChecked) await told(recovery()?.verify());
    write("b.png", "two");
    await pass(HOUR);
    expect(kinds(device)["b.png"]).toBe("backed-up");
    expect(service.items.filter(({ name, gone }) => name.startsWith("b ") && !gone)).toHaveLength(1);
  });

  it("is not said to be backed up where a create brings back what lies in the bin", async () => {
    const { device, pass, write, told, recovery, change, restart } = await foundAndGone(alike);
    await told(recovery()?.verify());
    change("b.png", { inBin: true });
    write("b.png", "two");
    await pass(HOUR);
    await restart();
    expect(device.states.get("b.png")).toMatchObject({ is: "removed", bin: true });
  });

  it("is linked where the item has come back since the check", async () => {
    const { service, device, pass, write, told, recovery, change, uploads } = await foundAndGone();
    await told(recovery()?.verify());
    change("b.png", { gone: false });
    await pass(HOUR);
    const before = uploads();
    write("b.png", "two");
    await pass(HOUR);
    expect(kinds(device)["b.png"]).toBe("backed-up");
    expect([service.items.length, uploads()]).toEqual([3, before]);
  });
});
