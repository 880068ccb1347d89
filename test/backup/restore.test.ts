import { describe, expect, it } from "vitest";
import { SimulatedDevice } from "../simulation/device";
import { backedUp, kinds } from "./backed-up";
import { exported } from "./exported";

const HOUR = 3_600_000;

/** As notes ask for them. */
const LOST = ["a.png", "b.png"];

/** A vault that is backed up, and may lose a file and its ledger while the app is closed: Google is asked then. */
async function losing(...vault: Parameters<typeof backedUp>) {
  const world = await backedUp(...vault);
  const lose = async (path: string): Promise<void> => {
    await world.restart(() => {
      world.loseLedger();
      world.device.vault.remove(path);
    });
    await world.told(world.recovery()?.verify());
  };
  return { ...world, lose };
}

describe("an image that was lost", () => {
  it("is told of and comes back beside what has taken its place", async () => {
    const { device, pass, write, told, absent, recovery } = await backedUp({ "img/a.png": "one" });
    const replaceBy = async (content: string): Promise<void> => {
      device.vault.remove("img/a.png");
      await pass(1_000);
      write("img/a.png", content);
      await pass(HOUR);
    };
    await replaceBy("two");
    const { only } = await absent();
    expect(only).toEqual(["img/a 7692c3ad.png"]);
    await replaceBy("three");
    device.vault.remove("img/a.png");
    await pass(1_000);
    const seen = await absent("a.png");
    expect(seen.missing, "a note means the latest").toEqual({ "a.png": "img/a.png" });
    expect(seen.only).toHaveLength(2);
    expect(await told(recovery()?.restore(["a.png", ...only]))).toEqual({ same: 2, copies: 0, not: 0 });
    expect([...device.vault.files].map(([path, { content }]) => [path, content])).toEqual([
      ["img/a.png", "three"],
      ["img/a 7692c3ad.png", "one"],
    ]);
    expect((await absent()).only).not.toContain(only[0]);
  });

  it("comes back once, however often that is asked for meanwhile", async () => {
    const { device, told, absent, recovery, service } = await backedUp({ "a.png": "one", "b.png": "two" });
    for (const path of LOST) device.vault.remove(path);
    await absent(...LOST);
    const all = [LOST, LOST, ["b.png"]].flatMap((paths) => recovery()?.restore(paths) ?? []);
    const none = { same: 0, copies: 0, not: 0 };
    expect(await told(Promise.all(all))).toEqual([{ ...none, same: 2 }, none, none]);
    expect([...device.vault.files.keys()].toSorted()).toEqual(LOST);
    expect(service.calls.get("download")).toBe(2);
  });

  it("counts as restored where its file has come back meanwhile", async () => {
    const { device, pass, told, absent, recovery, write } = await backedUp({
      "a.png": "one",
      "b.png": "two",
    });
    for (const path of LOST) device.vault.remove(path);
    await absent(...LOST);
    let goOn = (): void => undefined;
    const meanwhile = new Promise<void>((resolve) => (goOn = resolve));
    const slow = { size: 3, arrayBuffer: () => meanwhile.then(() => exported("two").arrayBuffer()) };
    const restoring = recovery()?.restore(LOST, [exported("one"), slow]);
    await pass(1_000);
    write("b.png", "two");
    await pass(HOUR);
    goOn();
    expect(await told(restoring)).toEqual({ same: 2, copies: 0, not: 0 });
  });

  it("is found in an export by the bytes that were sent, whatever the files are named", async () => {
    const { device, pass, told, absent, uploads, recovery } = await backedUp({
      "a.png": "one",
      "img/b.png": "three",
    });
    for (const path of ["a.png", "img/b.png"]) device.vault.remove(path);
    await pass(1_000);
    await absent("a.png", "b.png");
    const files = ["six", "a longer one", "three", "", "three"].map((content) => exported(content));
    expect(await told(recovery()?.restore(LOST, files))).toEqual({ same: 1, copies: 0, not: 1 });
    expect([...device.vault.files].map(([path, { content }]) => [path, content])).toEqual([
      ["img/b.png", "three"],
    ]);
    expect(await told(recovery()?.restore(LOST, [exported("one")]))).toEqual({ same: 1, copies: 0, not: 0 });
    expect(await told(recovery()?.restore(LOST, [exported("one")]))).toEqual({ same: 0, copies: 0, not: 0 });
    expect(uploads()).toBe(2);
  });

  it("is found in an export by its content where nobody knows what was sent", async () => {
    const { device, told, absent, recovery, lose } = await losing({
      "a.png": "one",
      "b.png": "two",
    });
    await lose("a.png");
    device.vault.remove("b.png");
    await absent("a.png", "b.png");
    const unreadable = { size: 3, arrayBuffer: () => Promise.reject(new Error("cannot be read")) };
    const notes = exported("no image, but what Google notes of one", "a.png.json");
    const files = [unreadable, notes, exported("something else"), exported("two"), exported("one")];
    expect(await told(recovery()?.restore(LOST, files))).toEqual({ same: 2, copies: 0, not: 0 });
    expect([...device.vault.files].map(([path, { content }]) => `${path} ${content}`).sort()).toEqual([
      "a.png one",
      "b.png two",
    ]);
  });

  it("comes back once, however many ways notes name it", async () => {
    const { device, pass, told, absent, recovery } = await backedUp({ "img/a.png": "one" });
    device.vault.remove("img/a.png");
    await pass(1_000);
    const names = ["a.png", "img/a.png", "../img/a.png"];
    expect(Object.keys((await absent(...names)).missing).toSorted()).toEqual(names.toSorted());
    expect(await told(recovery()?.restore(names))).toEqual({ same: 1, copies: 0, not: 0 });
    expect([...device.vault.files.keys()]).toEqual(["img/a.png"]);
  });

  it("comes back once where the ledger was lost, at the place that notes tell most of", async () => {
    const { device, told, absent, recovery, lose } = await losing({
      "img/a.png": "one",
      "b.png": "two",
    });
    await lose("img/a.png");
    const names = ["a.png", "../img/a.png", "./a.png"];
    await absent(...names);
    expect(await told(recovery()?.restore(names))).toEqual({ same: 1, copies: 0, not: 0 });
    expect([...device.vault.files.keys()].toSorted()).toEqual(["b.png", "img/a.png"]);
  });

  it("is not what another vault has sent under the name that a note asks for", async () => {
    const { time, random, service, pass } = await backedUp({ "private/image.png": "one" });
    const other = new SimulatedDevice("phone", time, random.fork(), service.library("phone"), undefined, "B");
    other.change({ albums: "none" });
    other.vault.write("b.png", "two");
    other.lost = ["image.png"];
    other.start();
    await pass(2 * HOUR);
    expect(kinds(other)).toEqual({ "b.png": "backed-up" });
    const away = other.engine?.recovery.look();
    await pass(1_000);
    expect(await away).toEqual([]);
    expect([...other.disk.journals.values()].join("")).not.toContain("image");
  });

  it("stays where it is if a link leads out of the vault", async () => {
    const { device, told, absent, recovery, lose } = await losing({
      "a.png": "one",
      "b.png": "two",
    });
    await lose("a.png");
    const link = "x/../../../outside/a.png";
    await absent(link);
    expect(await told(recovery()?.restore([link]))).toEqual({ same: 0, copies: 0, not: 1 });
    expect([...device.vault.files.keys()]).toEqual(["b.png"]);
  });

  it("is beside nothing that lay at its place before", async () => {
    const { device, pass, write, told, absent, recovery } = await backedUp({ "img/a.png": "one" });
    device.vault.remove("img/a.png");
    await pass(1_000);
    write("img/a.png", "two");
    await pass(HOUR);
    device.vault.remove("img/a.png");
    await pass(1_000);
    const { missing, only } = await absent("a.png");
    expect([missing, only]).toEqual([{ "a.png": "img/a.png" }, ["img/a 7692c3ad.png"]]);
    expect(await told(recovery()?.restore([...only, "a.png"]))).toEqual({ same: 2, copies: 0, not: 0 });
    expect(device.vault.files.get("img/a.png")?.content).toBe("two");
  });

  it("has a name that can be seen, where the ledger was lost and names are neutral", async () => {
    const { device, told, absent, recovery, lose } = await losing(
      { "a.png": "one", "b.png": "two" },
      { neutralNames: true },
    );
    await lose("a.png");
    const { only } = await absent();
    expect(only).toEqual([expect.stringMatching(/^~7692c3ad[0-9a-f]{8}o\.\w+$/)]);
    expect(await told(recovery()?.restore(only))).toEqual({ same: 1, copies: 0, not: 0 });
    expect(device.vault.files.get(only[0] ?? "")?.content).toBe("one");
  });

  it("is forgotten for good though only its mark is known, and is not sent where its file comes back", async () => {
    const { device, pass, write, told, absent, restart, uploads, recovery, lose } = await losing({
      "a.png": "one",
      "b.png": "two",
    });
    await lose("a.png");
    expect((await absent("a.png")).missing).toEqual({ "a.png": "a.png" });
    await told(recovery()?.forget(["a.png"]));
    await restart();
    await told(recovery()?.verify());
    expect(await absent("a.png")).toEqual({ missing: {}, only: [] });
    write("a.png", "one");
    await pass(24 * HOUR);
    expect(kinds(device)).toEqual({ "a.png": "backed-up", "b.png": "backed-up" });
    expect(uploads()).toBe(2);
  });
});
