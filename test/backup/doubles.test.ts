import { describe, expect, it } from "vitest";
import type { SimulatedDevice } from "../simulation/device";
import { backedUp, kinds } from "./backed-up";

const HOUR = 3_600_000;

/** Another device's journal tells of its own item of a first image. */
function tellOf(id: string, { disk: { journals } }: SimulatedDevice): void {
  const [text = ""] = journals.values();
  const line = text.split("\n").find((one) => one.includes('"what":"item"')) ?? "";
  const theirs = { ...(JSON.parse(line) as object), device: "otherdevice1", id, n: 900 };
  journals.set("otherdevice1-1.jsonl", `${JSON.stringify(theirs)}\n`);
}

describe("an item that stands beside the one that counts", () => {
  it("is told of until it is gone, and takes nothing with it", async () => {
    const { device, service, told, itemOf, recovery } = await backedUp({ "a.png": "one" });
    const mine = itemOf("a.png");
    const double = { ...mine, id: `${mine.id}-double` as typeof mine.id, albums: new Set(mine.albums) };
    service.items.push(double);
    await told(recovery()?.verify());
    expect(device.states.get("a.png")).toMatchObject({ item: { id: mine.id }, doubles: 1 });
    double.gone = true;
    await told(recovery()?.verify());
    expect(device.states.get("a.png")).toMatchObject({ is: "backed-up", item: { id: mine.id } });
    expect(device.states.get("a.png")).not.toHaveProperty("doubles");
  });
});

describe("two items that stand for one image", () => {
  it.each([false, true])("are both forgotten at a word (known by their marks alone: %s)", async (isLost) => {
    const world = await backedUp({ "a.png": "one", "b.png": "two" });
    const { device, service, told, itemOf, recovery, restart, loseLedger, absent } = world;
    const mine = itemOf("a.png");
    const other = { ...mine, id: `${mine.id}-double` as typeof mine.id, albums: new Set(mine.albums) };
    service.items.push(other);
    await told(recovery()?.verify());
    await restart(() => {
      if (isLost) loseLedger();
      else tellOf(other.id, device);
      device.vault.remove("a.png");
    });
    await told(recovery()?.verify());
    const { only } = await absent();
    expect(only).toEqual(["a.png"]);
    await told(recovery()?.forget(only));
    expect((await absent()).only).toEqual([]);
  });

  it("are told of once a check has found that another item is gone, though the album counts the same", async () => {
    const { device, service, pass, told, itemOf, change, recovery } = await backedUp({
      "a.png": "one",
      "b.png": "two",
    });
    await pass(2 * HOUR);
    const mine = itemOf("a.png");
    service.items.push({ ...mine, id: `${mine.id}-double` as typeof mine.id, albums: new Set(mine.albums) });
    change("b.png", { gone: true });
    device.vault.write("c.png", "three");
    await pass(40 * 24 * HOUR);
    await told(recovery()?.look());
    expect(device.states.get("a.png")).toMatchObject({ is: "backed-up", doubles: 1 });
  });
});

describe("two items that stand for one version of a file", () => {
  it("both give way to the next version, and are told of when its bytes come back", async () => {
    const { device, service, pass, write, told, itemOf, inAlbum, recovery } = await backedUp({
      "a.png": "one",
    });
    const mine = itemOf("a.png");
    const other = { ...mine, id: `${mine.id}-double` as typeof mine.id, albums: new Set(mine.albums) };
    service.items.push(other);
    await told(recovery()?.verify());
    tellOf(other.id, device);
    await told(device.engine?.readJournals());
    write("a.png", "one, drawn anew");
    await pass(HOUR);
    expect(inAlbum("Notes (older versions)")).toEqual([mine, other]);
    write("a.png", "one");
    await pass(HOUR);
    expect(device.states.get("a.png")).toMatchObject({ is: "backed-up", doubles: 1 });
  });
});

describe("an item that stands for a restored copy and for its original", () => {
  it("stays in the album where the original takes the place of the copy", async () => {
    const world = await backedUp({ "a.png": "one" }, {}, (content) => `${content}, as Google has it`);
    const { device, pass, write, told, absent, inAlbum, recovery } = world;
    device.vault.remove("a.png");
    await pass(1_000);
    await absent("a.png");
    await told(recovery()?.restore(["a.png"]));
    write("a.png", "one");
    await pass(26 * HOUR);
    expect([kinds(device), inAlbum("Notes").length]).toEqual([{ "a.png": "backed-up" }, 1]);
  });

  it("is asked for once, and is gone for both", async () => {
    const { device, pass, write, told, absent, change, itemOf, recovery } = await backedUp({
      "a.png": "one",
    });
    change("a.png", { content: "one, as Google has it" });
    device.vault.remove("a.png");
    await pass(1_000);
    await absent("a.png");
    await told(recovery()?.restore(["a.png"]));
    write("b.png", "one");
    await pass(HOUR);
    expect(kinds(device)).toEqual({ "a.png": "backed-up", "b.png": "backed-up" });
    itemOf("a.png").gone = true;
    expect(await told(recovery()?.verify())).toMatchObject({ is: "checked", there: 0, gone: 2 });
    expect(kinds(device)).toEqual({ "a.png": "removed", "b.png": "removed" });
  });
});
