import { describe, expect, it } from "vitest";
import { backedUp, kinds } from "./backed-up";

const HOUR = 3_600_000;

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

describe("an item that stands for a restored copy and for its original", () => {
  it("is asked for once, and is gone for both", async () => {
    const { device, pass, write, told, absent, change, itemOf, recovery } = await backedUp({
      "a.png": "one",
    });
    change("a.png", { content: "one, as Google has it" });
    device.vault.remove("a.png");
    await pass(1_000);
    absent("a.png");
    await told(recovery()?.restore(["a.png"]));
    write("b.png", "one");
    await pass(HOUR);
    expect(kinds(device)).toEqual({ "a.png": "backed-up", "b.png": "backed-up" });
    itemOf("a.png").gone = true;
    expect(await told(recovery()?.verify())).toEqual({ is: "checked", there: 0, gone: 1 });
    expect(kinds(device)).toEqual({ "a.png": "removed", "b.png": "removed" });
  });
});
