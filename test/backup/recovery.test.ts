import { describe, expect, it } from "vitest";
import { SimulatedTime } from "../simulation/clock";
import { SimulatedDevice } from "../simulation/device";
import { SeededRandom } from "../simulation/random";
import { backedUp, kinds } from "./backed-up";
import { exported } from "./exported";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe("what is gone from Google Photos", () => {
  it("is noticed when everything is checked, and sent again only at a word", async () => {
    const { device, service, told, pass, itemOf, uploads, recovery } = await backedUp({
      "a.png": "one",
      "b.png": "two",
      "c.png": "three",
    });
    itemOf("b.png").gone = true;
    expect(await told(recovery()?.verify())).toMatchObject({ is: "checked", there: 2, gone: 1 });
    expect(kinds(device)).toEqual({ "a.png": "backed-up", "b.png": "removed", "c.png": "backed-up" });
    device.backUp();
    await pass(DAY);
    expect(uploads()).toBe(3);
    expect(await told(recovery()?.want(["b.png"]))).toMatchObject({ is: "checked" });
    expect(kinds(device)["b.png"]).toBe("backed-up");
    expect(uploads()).toBe(4);
    expect(service.items.filter(({ gone }) => !gone)).toHaveLength(3);
  });

  it("is counted by images, beside those that Google was not asked for", async () => {
    const { pass, write, told, itemOf, recovery } = await backedUp({
      "a.png": "one",
      "the same.png": "one",
      "b.png": "two",
      "c.png": "three",
    });
    itemOf("c.png").gone = true;
    expect(await told(recovery()?.verify())).toMatchObject({ there: 3, gone: 1 });
    write("new.png", "four");
    await pass(HOUR / 2);
    const checked = { is: "checked", there: 3, gone: 1, young: 1, before: 0 };
    expect(await told(recovery()?.verify()), "what was found gone before is still gone").toEqual(checked);
    await pass(HOUR);
    expect(await told(recovery()?.verify())).toEqual({ ...checked, there: 4, young: 0 });
  });

  it("is noticed within thirty days by itself", async () => {
    const { device, pass, itemOf } = await backedUp({ "a.png": "one", "b.png": "two" });
    itemOf("a.png").gone = true;
    await pass(31 * DAY);
    expect(kinds(device)).toEqual({ "a.png": "removed", "b.png": "backed-up" });
  });

  it("is checked on another day where Google cannot be asked", async () => {
    const { device, service, pass, itemOf } = await backedUp({ "a.png": "one" });
    itemOf("a.png").gone = true;
    service.strike = (call) => (call === "get" ? { when: "before", kind: "permanent" } : undefined);
    await pass(5 * DAY);
    expect(kinds(device)).toEqual({ "a.png": "backed-up" });
    service.strike = () => undefined;
    await pass(31 * DAY);
    expect(kinds(device)).toEqual({ "a.png": "removed" });
  });

  it("says why where it cannot be checked", async () => {
    const { device, service, told, recovery } = await backedUp({ "a.png": "one" });
    service.strike = (call) => (call === "get" ? { when: "before", kind: "permanent" } : undefined);
    expect(await told(recovery()?.verify())).toMatchObject({ is: "failed", error: { kind: "permanent" } });
    expect(await told(recovery()?.want(["a.png"]))).toMatchObject({ is: "failed" });
    expect(kinds(device)).toEqual({ "a.png": "backed-up" });
  });

  it("is not sent where it has come back meanwhile", async () => {
    const { device, told, itemOf, uploads, recovery } = await backedUp({ "a.png": "one" });
    itemOf("a.png").gone = true;
    await told(recovery()?.verify());
    itemOf("a.png").gone = false;
    expect(await told(recovery()?.want(["a.png"]))).toMatchObject({ is: "checked", there: 1, gone: 0 });
    expect(kinds(device)).toEqual({ "a.png": "backed-up" });
    expect(uploads()).toBe(1);
  });

  it("is left as it is for good, at a word", async () => {
    const { device, pass, write, told, restart, itemOf, uploads, recovery } = await backedUp({
      "a.png": "one",
      "b.png": "two",
    });
    write("broken.png", "broken");
    await pass(HOUR);
    itemOf("a.png").gone = true;
    await told(recovery()?.verify());
    await told(recovery()?.leave(["a.png", "b.png", "broken.png", "no image of ours.png"]));
    expect(device.states.get("a.png")).toMatchObject({ is: "removed", left: true });
    await restart();
    expect(device.states.get("a.png")).toMatchObject({ is: "removed", left: true });
    expect(kinds(device)).toEqual({ "a.png": "removed", "b.png": "backed-up", "broken.png": "skipped" });
    expect(uploads()).toBe(2);
  });

  it("is left out of the backup where it is forgotten", async () => {
    const { device, told, restart, itemOf, uploads, recovery } = await backedUp({
      "a.png": "one",
      "b.png": "two",
    });
    itemOf("a.png").gone = true;
    await told(recovery()?.verify());
    await told(recovery()?.forget(["a.png", "b.png"]));
    await restart();
    expect(kinds(device)).toEqual({ "a.png": "skipped", "b.png": "backed-up" });
    expect(uploads()).toBe(2);
  });

  it("stays left out where Google cannot be asked whether it is there after all", async () => {
    const { device, service, told, restart, itemOf, recovery } = await backedUp({ "a.png": "one" });
    itemOf("a.png").gone = true;
    await told(recovery()?.verify());
    await told(recovery()?.forget(["a.png"]));
    service.strike = (call) => (call === "get" ? { when: "before", kind: "offline" } : undefined);
    expect(await told(recovery()?.want(["a.png"]))).toMatchObject({ is: "failed" });
    await restart();
    expect(kinds(device)).toEqual({ "a.png": "skipped" });
  });

  it("is taken over by another item that stands for the same bytes", async () => {
    const { device, service, pass, told, loseLedger, restart, itemOf, uploads, recovery } = await backedUp({
      "a.png": "one",
    });
    // Another device has sent the same image: its item bears the same mark.
    const mine = itemOf("a.png");
    const other = { ...mine, id: `${mine.id}-other` as typeof mine.id, albums: new Set(mine.albums) };
    service.items.push(other);
    await restart(loseLedger);
    await told(recovery()?.verify());
    expect(device.states.get("a.png")).toMatchObject({ is: "backed-up", doubles: 1 });
    const counting = (): unknown => {
      const state = device.states.get("a.png");
      return state?.is === "backed-up" ? service.items.find(({ id }) => id === state.item.id) : state;
    };
    const [first, second] = counting() === mine ? [mine, other] : [other, mine];
    first.gone = true;
    await pass(HOUR);
    expect(await told(recovery()?.verify())).toMatchObject({ is: "checked", there: 1, gone: 0 });
    expect(counting()).toBe(second);
    second.gone = true;
    await pass(HOUR);
    expect(await told(recovery()?.verify())).toMatchObject({ is: "checked", there: 0, gone: 1 });
    expect(kinds(device)).toEqual({ "a.png": "removed" });
    expect(uploads()).toBe(1);
  });
});

describe("an image that is in no file of the vault any more", () => {
  it("is missing where a note asks for it, by its path, its end or its name", async () => {
    const { device, pass, absent } = await backedUp({
      "img/sub/a.png": "one",
      "img/b.png": "two",
      "c.png": "three",
      "d.png": "four",
    });
    for (const path of ["img/sub/a.png", "img/b.png", "c.png"]) device.vault.remove(path);
    device.vault.rename("d.png", "moved.png");
    await pass(1_000);
    expect(await absent("sub/a.png", "./img/b.png", "other/c.png", "never seen.png", "d.png")).toEqual({
      missing: { "sub/a.png": "img/sub/a.png", "./img/b.png": "img/b.png" },
      only: ["c.png"],
    });
  });

  it("comes back byte for byte, and is not sent again", async () => {
    const { device, pass, told, absent, uploads, recovery } = await backedUp({
      "img/a.png": "one",
      "b.png": "two",
    });
    device.vault.remove("img/a.png");
    await pass(1_000);
    expect(await absent("a.png")).toEqual({ missing: { "a.png": "img/a.png" }, only: [] });
    expect(await told(recovery()?.restore(["a.png"]))).toEqual({ same: 1, copies: 0, not: 0 });
    expect(device.vault.files.get("img/a.png")?.content).toBe("one");
    await pass(DAY);
    expect(kinds(device)).toEqual({ "img/a.png": "backed-up", "b.png": "backed-up" });
    expect(await absent()).toEqual({ missing: {}, only: [] });
    expect(uploads()).toBe(2);
  });

  it("comes back as a copy where Google has changed it, and is not sent again either", async () => {
    const { device, pass, told, restart, absent, change, uploads, recovery } = await backedUp({
      "a.png": "one",
    });
    change("a.png", { content: "one, as Google has it" });
    device.vault.remove("a.png");
    await pass(1_000);
    await absent("a.png");
    expect(await told(recovery()?.restore(["a.png"]))).toEqual({ same: 0, copies: 1, not: 0 });
    expect(device.vault.files.get("a.png")?.content).toBe("one, as Google has it");
    await restart();
    await pass(HOUR);
    expect(kinds(device)).toEqual({ "a.png": "backed-up" });
    expect(await absent("a.png")).toEqual({ missing: {}, only: [] });
    expect(uploads()).toBe(1);
    // The copy is lost as well: both stand for one item.
    device.vault.remove("a.png");
    await pass(1_000);
    expect((await absent("a.png")).missing).toEqual({ "a.png": "a.png" });
    expect(await absent()).toEqual({ missing: {}, only: ["a.png"] });
    await told(recovery()?.forget(["a.png"]));
    expect(await absent("a.png")).toEqual({ missing: {}, only: [] });
  });

  it("is not written over a file that has come into its place", async () => {
    const { device, pass, write, told, absent, recovery } = await backedUp({ "a.png": "one" });
    device.vault.remove("a.png");
    await pass(1_000);
    await absent("a.png");
    const restoring = recovery()?.restore(["a.png"]);
    write("a.png", "another");
    expect(await told(restoring)).toEqual({ same: 0, copies: 0, not: 1 });
    expect(device.vault.files.get("a.png")?.content).toBe("another");
  });

  it("stays away where something of ours breaks at it, and the others come back", async () => {
    const { device, told, recovery } = await backedUp({ "a.png": "breaks", "b.png": "two" });
    for (const path of ["a.png", "b.png"]) device.vault.remove(path);
    await told(recovery()?.look());
    expect(await told(recovery()?.restore(["a.png", "b.png"]))).toEqual({ same: 1, copies: 0, not: 1 });
    expect([...device.vault.files.keys()]).toEqual(["b.png"]);
    expect(device.faults).toHaveLength(1);
  });

  it("stays away where Google has no bytes of it, and the others come back", async () => {
    const { device, service, pass, told, absent, itemOf, recovery } = await backedUp({
      "a.png": "one",
      "b.png": "two",
      "c.png": "three",
    });
    for (const path of ["a.png", "b.png", "c.png"]) device.vault.remove(path);
    await pass(1_000);
    await absent("a.png", "b.png", "c.png");
    itemOf("b.png").gone = true;
    expect(await told(recovery()?.restore(["a.png", "b.png"]))).toEqual({ same: 1, copies: 0, not: 1 });
    service.strike = (call) => (call === "download" ? { when: "before", kind: "bad-item" } : undefined);
    expect(await told(recovery()?.restore(["c.png"]))).toEqual({ same: 0, copies: 0, not: 1 });
  });

  it("says what broke it off", async () => {
    const { device, service, pass, told, absent, recovery } = await backedUp({ "a.png": "one" });
    device.vault.remove("a.png");
    await pass(1_000);
    await absent("a.png");
    service.strike = (call) => (call === "download" ? { when: "before", kind: "quota-day" } : undefined);
    expect(await told(recovery()?.restore(["a.png"]))).toMatchObject({
      ...{ same: 0, copies: 0, not: 1 },
      error: { kind: "quota-day" },
    });
    expect(device.vault.files.size).toBe(0);
  });

  it("is known by its mark where the ledger was lost as well", async () => {
    const { device, told, restart, absent, loseLedger, recovery } = await backedUp({
      "img/a.png": "one",
      "img/b.png": "two",
      "img/c.png": "three",
    });
    await restart(() => {
      loseLedger();
      device.vault.remove("img/a.png");
      device.vault.remove("img/b.png");
    });
    await told(recovery()?.verify());
    expect(await absent("./img/a.png")).toEqual({ missing: { "./img/a.png": "img/a.png" }, only: ["b.png"] });
    expect(await told(recovery()?.restore(["./img/a.png"]))).toEqual({ same: 1, copies: 0, not: 0 });
    expect(device.vault.files.get("img/a.png")?.content).toBe("one");
    await told(recovery()?.forget(["b.png"]));
    expect(await absent()).toEqual({ missing: {}, only: [] });
  });

  it("is not told of any more where it is gone from Google Photos too, and only its mark was known", async () => {
    const { device, told, restart, absent, loseLedger, itemOf, recovery } = await backedUp({
      "a.png": "one",
      "b.png": "two",
    });
    await restart(() => {
      loseLedger();
      device.vault.remove("a.png");
      device.vault.remove("b.png");
    });
    await told(recovery()?.verify());
    expect((await absent()).only.toSorted()).toEqual(["a.png", "b.png"]);
    itemOf("a.png").gone = true;
    expect(await told(recovery()?.verify())).toMatchObject({ is: "checked", there: 0 });
    expect(await absent("a.png")).toEqual({ missing: {}, only: ["b.png"] });
  });

  it("is not missing any more once it is forgotten, and is not sent where its file comes back", async () => {
    const { device, pass, write, told, restart, absent, uploads, recovery } = await backedUp({
      "a.png": "one",
      "b.png": "two",
    });
    device.vault.remove("a.png");
    await pass(1_000);
    expect((await absent("a.png", "./a.png")).missing).toEqual({ "a.png": "a.png", "./a.png": "a.png" });
    await told(recovery()?.forget(["a.png"]));
    expect(await absent("a.png", "./a.png")).toEqual({ missing: {}, only: [] });
    await restart();
    await told(recovery()?.verify());
    expect(await absent("a.png")).toEqual({ missing: {}, only: [] });
    write("a.png", "one");
    await pass(DAY);
    expect(device.states.get("a.png")).toEqual({ is: "skipped", because: "forgotten" });
    await told(recovery()?.want(["a.png"]));
    expect(kinds(device)).toEqual({ "a.png": "backed-up", "b.png": "backed-up" });
    expect(uploads()).toBe(2);
  });

  it("is still missing where the vault cannot be written", async () => {
    const { device, pass, told, absent, change, recovery } = await backedUp(
      { "a.png": "one", "b.png": "two" },
      { albums: "none" },
    );
    change("b.png", { content: "two, as Google has it" });
    for (const path of ["a.png", "b.png"]) device.vault.remove(path);
    await pass(1_000);
    const missing = { "a.png": "a.png", "b.png": "b.png" };
    expect((await absent("a.png", "b.png")).missing).toEqual(missing);
    device.vault.isReadOnly = true;
    expect(await told(recovery()?.restore(["a.png", "b.png"]))).toEqual({ same: 0, copies: 0, not: 2 });
    expect(await absent("a.png", "b.png")).toEqual({ missing, only: [] });
    device.vault.isReadOnly = false;
    expect(await told(recovery()?.restore(["a.png", "b.png"]))).toEqual({ same: 1, copies: 1, not: 0 });
    expect(kinds(device)).toEqual({ "a.png": "backed-up", "b.png": "backed-up" });
  });
});

describe("before anybody has signed in", () => {
  it("there is nothing to bring back, to check or to decide", async () => {
    const { device, told, recovery, service } = await backedUp({});
    device.kill();
    device.disk.memory.clear();
    service.signedIn = false;
    const fresh = new SimulatedDevice(
      "phone",
      new SimulatedTime(),
      new SeededRandom(2),
      service.library("phone"),
    );
    fresh.start();
    fresh.lost = ["a.png"];
    expect(await fresh.engine?.recovery.look()).toEqual([]);
    device.start();
    expect(await told(recovery()?.want(["a.png"]))).toBeUndefined();
    expect(await told(recovery()?.restore(["a.png"]))).toBeUndefined();
    expect(await told(recovery()?.restore(["a.png"], [exported("one")]))).toBeUndefined();
    await told(recovery()?.leave(["a.png"]));
    await told(recovery()?.forget(["a.png"]));
    expect([...device.disk.journals.values()].join("")).not.toContain("forgotten");
  });
});
