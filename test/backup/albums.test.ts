import { describe, expect, it } from "vitest";
import { SimulatedDevice } from "../simulation/device";
import { backedUp, kinds } from "./backed-up";

const HOUR = 3_600_000;

type World = Awaited<ReturnType<typeof backedUp>>;

/** How many items lie in each album, by title. */
function albums({ service }: World): Record<string, number> {
  const shown = service.items.filter(({ gone }) => !gone);
  return Object.fromEntries(
    [...service.albums].map(([id, { title }]) => [title, shown.filter((item) => item.albums.has(id)).length]),
  );
}

describe("an album that somebody deletes in Google Photos", () => {
  it.each(["known", "lost as well"])(
    "is made anew for new images, and no other is sent again, where the ledger is %s",
    async (ledger) => {
      const world = await backedUp({ "a.png": "one", "b.png": "two" });
      const { service, device, write, pass, restart, uploads, loseLedger } = world;
      service.albums.clear();
      await restart(ledger === "known" ? undefined : loseLedger);
      write("c.png", "three");
      await pass(HOUR);
      expect(kinds(device)).toEqual({ "a.png": "backed-up", "b.png": "backed-up", "c.png": "backed-up" });
      expect(albums(world)).toEqual({ Notes: 1 });
      expect(uploads()).toBe(3);
    },
  );
});

it("what an album held that somebody deleted is looked for once", async () => {
  const { service, write, pass } = await backedUp({ "a.png": "one", "b.png": "two" });
  const before = service.calls.get("list") ?? 0;
  service.albums.clear();
  write("c.png", "three");
  await pass(HOUR);
  expect((service.calls.get("list") ?? 0) - before).toBe(1);
});

describe("a vault whose albums are one for each folder", () => {
  it("finds its albums again where there are more than Google lists at a time", async () => {
    const folders = Array.from({ length: 60 }, (_, number) => `folder ${String(number)}`);
    const contents = Object.fromEntries(folders.map((folder) => [`${folder}/a.png`, `image of ${folder}`]));
    const world = await backedUp(contents, { albums: "folders" });
    const { device, write, pass, uploads, restart, loseLedger } = world;
    await restart(() => {
      loseLedger();
      device.settings = { ...device.settings, albumIds: {} };
    });
    for (const folder of folders) write(`${folder}/b.png`, `another of ${folder}`);
    await pass(HOUR);
    expect(new Set(Object.values(kinds(device)))).toEqual(new Set(["backed-up"]));
    expect(albums(world)).toEqual(Object.fromEntries(folders.map((folder) => [`Notes / ${folder}`, 2])));
    expect(uploads()).toBe(120);
  });
});

describe("a vault that wants no albums", () => {
  it("has none, and needs none to find its images again or to follow a change and its undoing", async () => {
    const world = await backedUp({ "a.png": "one", "b.png": "two" }, { albums: "none" });
    const { service, device, write, pass, uploads, restart, loseLedger } = world;
    await restart(loseLedger);
    for (const content of ["another", "one"]) {
      write("a.png", content);
      await pass(HOUR);
      expect(kinds(device)).toEqual({ "a.png": "backed-up", "b.png": "backed-up" });
    }
    expect(uploads()).toBe(3);
    expect(service.items.map(({ albums: in_ }) => in_.size)).toEqual([0, 0, 0]);
    expect([...service.calls.keys()].filter((call) => call.endsWith("Album"))).toEqual([]);
  });
});

describe("vaults with one account", () => {
  it("keep to their own albums, and miss nothing of each other's", async () => {
    const world = await backedUp({ "a.png": "one" });
    const { time, random, service, pass, told, absent, recovery } = world;
    for (const name of ["Work", "Travel (2)"]) {
      const library = service.library(name);
      const other = new SimulatedDevice(name, time, random.fork(), library, undefined, name);
      other.vault.write("its own.png", `an image of ${name}`);
      other.start();
    }
    await pass(HOUR);
    expect(await told(recovery()?.verify())).toMatchObject({ is: "checked", there: 1, gone: 0 });
    expect(await absent("its own.png")).toEqual({ missing: {}, only: [] });
    expect(albums(world)).toEqual({ Notes: 1, Work: 1, "Travel (2)": 1 });
  });
});

describe("a device that has forgotten when it last looked", () => {
  it("lists what is there before it sends a new image", async () => {
    const { service, device, write, pass, restart, uploads } = await backedUp({ "a.png": "one" });
    await restart(() => device.disk.memory.clear());
    const lists = service.calls.get("list") ?? 0;
    write("b.png", "two");
    await pass(HOUR);
    expect(kinds(device)).toEqual({ "a.png": "backed-up", "b.png": "backed-up" });
    expect(service.calls.get("list")).toBeGreaterThan(lists);
    expect(uploads()).toBe(2);
  });
});
