import { describe, expect, it } from "vitest";
import { albumId, markOfName } from "../../src/model";
import { SimulatedDevice } from "../simulation/device";
import type { SimulatedService } from "../simulation/service";
import { backedUp, kinds } from "./backed-up";

const HOUR = 3_600_000;
const SENT = { "a.png": "one", "b.png": "two" };

/** Each mark of an item, however often it is there. */
const twice = ({ items }: SimulatedService): readonly string[] => {
  const marks = items.map(({ name }) => markOfName(name) ?? name);
  return marks.filter((mark, place) => marks.indexOf(mark) !== place);
};

/** A device that comes new to the vault, by a sync tool that carries its settings, and no journals. */
async function newDevice({ time, random, service, device, pass }: Awaited<ReturnType<typeof backedUp>>) {
  const phone = new SimulatedDevice("phone", time, random.fork(), service.library("phone"));
  phone.settings = device.settings;
  for (const [path, { content }] of device.vault.files) phone.vault.write(path, content);
  phone.start();
  await pass(2 * HOUR);
  return phone;
}

describe("what lies outside the vault's albums", () => {
  it("is found by a new device: the album was deleted, and made anew", async () => {
    const world = await backedUp(SENT);
    const { service, pass, write } = world;
    service.albums.clear();
    write("c.png", "three");
    await pass(26 * HOUR);
    const phone = await newDevice(world);
    expect(new Set(Object.values(kinds(phone)))).toEqual(new Set(["backed-up"]));
    expect([service.items.length, twice(service)]).toEqual([3, []]);
  });

  it.each([0, 1, 2])(
    "is found by a new device, though the app was closed %i ms after the album's id was forgotten",
    async (ms) => {
      const world = await backedUp(SENT);
      const { time, service, device, pass, write, restart } = world;
      service.albums.clear();
      write("c.png", "three");
      await time.run(() => Object.values(device.settings.albumIds).every((ids) => !("" in ids)), HOUR);
      await pass(ms);
      await restart();
      await pass(26 * HOUR);
      await newDevice(world);
      expect([service.items.length, twice(service)]).toEqual([3, []]);
    },
  );

  it("is found by a new device: of two albums of one title, the one that gave way was deleted", async () => {
    const world = await backedUp(SENT);
    const { service, pass, write } = world;
    const [before] = service.albums.keys();
    service.albums.set(albumId("aaa"), { title: "Notes" });
    write("c.png", "three");
    await pass(HOUR);
    if (before !== undefined) service.albums.delete(before);
    write("d.png", "four");
    await pass(26 * HOUR);
    await newDevice(world);
    expect([service.items.length, twice(service)]).toEqual([4, []]);
  });

  it("is found by a new device, and by one that has lost its ledger: albums came later", async () => {
    const world = await backedUp(SENT, { albums: "none" });
    const { service, device, restart, pass, loseLedger } = world;
    device.change({ albums: "vault" });
    await pass(26 * HOUR);
    await newDevice(world);
    await restart(loseLedger);
    await pass(HOUR);
    expect(new Set(Object.values(kinds(device)))).toEqual(new Set(["backed-up"]));
    expect([service.items.length, twice(service)]).toEqual([2, []]);
  });

  it("is listed once, and not with every look", async () => {
    const { service, device, pass, write } = await backedUp(SENT, { albums: "none" });
    device.change({ albums: "vault" });
    write("c.png", "three");
    await pass(26 * HOUR);
    const lists = service.calls.get("list") ?? 0;
    write("d.png", "four");
    await pass(HOUR);
    expect(service.calls.get("list")).toBe(lists);
  });

  it("is listed again where albums were off once more, though it be on the same day", async () => {
    const world = await backedUp({ "a.png": "one" }, { albums: "none" });
    const { device, pass, write, service } = world;
    device.change({ albums: "vault" });
    const phone = await newDevice(world);
    device.change({ albums: "none" });
    write("b.png", "two");
    await pass(HOUR);
    device.change({ albums: "vault" });
    phone.change(device.settings);
    phone.vault.write("b.png", "two");
    await pass(HOUR);
    expect(kinds(phone)).toEqual({ "a.png": "backed-up", "b.png": "backed-up" });
    expect([service.items.length, twice(service)]).toEqual([2, []]);
  });

  it("is looked at once more, where the outcome of a create without album is not known", async () => {
    let copies = 0;
    const { time, service, device, pass, write } = await backedUp(
      { "a.png": "one" },
      { albums: "none" },
      (content) => `${content}, copy ${++copies}`,
    );
    // It is not listed yet when albums are turned on.
    service.lag = 120_000;
    service.strike = (call) => (call === "create" ? { when: "after", kind: "outcome-unknown" } : undefined);
    write("b.png", "two");
    await time.run(() => service.items.length === 2, HOUR);
    await pass(1_000);
    device.kill();
    device.disk.loseDatabase();
    write("b.png", "two");
    service.strike = () => undefined;
    device.change({ albums: "vault" });
    device.start();
    await pass(3 * HOUR);
    expect(kinds(device)["b.png"]).toBe("backed-up");
    expect([service.items.length, twice(service)]).toEqual([2, []]);
  });

  it.each(["albums were never made", "the album was deleted, and nothing sent since"])(
    "is found by a device that has neither settings nor journals: %s",
    async (why) => {
      const isNone = why.startsWith("albums");
      const world = await backedUp(SENT, isNone ? { albums: "none" } : {});
      const { time, random, service, device, pass } = world;
      if (!isNone) service.albums.clear();
      const phone = new SimulatedDevice("phone", time, random.fork(), service.library("phone"));
      for (const [path, { content }] of device.vault.files) phone.vault.write(path, content);
      phone.start();
      // It is closed in the middle of its first look.
      await time.run(() => phone.disk.journals.size > 0, HOUR);
      phone.kill();
      phone.start();
      await pass(2 * HOUR);
      expect(new Set(Object.values(kinds(phone)))).toEqual(new Set(["backed-up"]));
      expect([service.items.length, twice(service)]).toEqual([2, []]);
    },
  );

  describe("is not what lies in albums that another device knows under other titles:", () => {
    /** Another device of a vault, which has neither its settings nor its journals, and may be called otherwise there. */
    function anotherDevice(
      { time, random, service, device }: Awaited<ReturnType<typeof backedUp>>,
      name: string,
    ): SimulatedDevice {
      const library = service.library("phone");
      const encode = (fingerprint: string): string => `${fingerprint}, by the phone`;
      const phone = new SimulatedDevice("phone", time, random.fork(), library, encode, name);
      const { albums, neutralNames } = device.settings;
      phone.settings = { ...phone.settings, albums, neutralNames };
      return phone;
    }
    const many = (count: number, folder = ""): Record<string, string> =>
      Object.fromEntries(
        Array.from({ length: count }, (_, at) => [`${folder}${at}.png`, `picture ${folder}${at}`]),
      );

    it.each(["it was renamed", "the vault is called otherwise"])("%s", async (why) => {
      const world = await backedUp(many(12));
      const { service, device, pass, write } = world;
      write("0.png", "drawn anew");
      await pass(26 * HOUR);
      const isRenamed = why === "it was renamed";
      if (isRenamed)
        for (const [id, { title }] of service.albums)
          if (title === "Notes") service.albums.set(id, { title: "My pictures (2026)" });
      const phone = anotherDevice(world, isRenamed ? "Notes" : "Notes on the phone");
      for (const [path, { content }] of device.vault.files) phone.vault.write(path, content);
      phone.start();
      await pass(2 * HOUR);
      expect(new Set(Object.values(kinds(phone)))).toEqual(new Set(["backed-up"]));
      expect([service.items.length, twice(service)]).toEqual([13, []]);
      // What one sends the other finds, and the older version that lies in a small album is known as well.
      for (const one of [phone, device]) {
        one.vault.write("new.png", "new");
        await pass(HOUR);
      }
      phone.vault.write("0.png", "picture 0");
      await pass(2 * HOUR);
      expect([service.items.length, service.albums.size]).toEqual([14, 2]);
    });

    it.each([{ neutralNames: true }, { albums: "folders" as const }])("%o", async (settings) => {
      const world = await backedUp({ ...many(12, "large/"), ...many(3, "small/") }, settings);
      const { service, device, pass } = world;
      const phone = anotherDevice(world, "Notes on the phone");
      for (const [path, { content }] of device.vault.files) phone.vault.write(path, content);
      phone.start();
      await pass(2 * HOUR);
      expect([service.items.length, twice(service)]).toEqual([15, []]);
    });

    it("a sync tool has brought a third of the vault", async () => {
      const world = await backedUp(many(60));
      const { service, device, pass } = world;
      const phone = anotherDevice(world, "Notes on the phone");
      const files = [...device.vault.files];
      for (const [path, { content }] of files.slice(0, 20)) phone.vault.write(path, content);
      phone.start();
      await pass(HOUR / 6);
      for (const [path, { content }] of files.slice(20)) phone.vault.write(path, content);
      await pass(2 * HOUR);
      expect([service.items.length, twice(service)]).toEqual([60, []]);
    });
  });

  it("is not what another vault has under the same names", async () => {
    const named = (content: string): Record<string, string> =>
      Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`Untitled ${at}.png`, `${content} ${at}`]));
    const { time, random, service, pass } = await backedUp(named("mine"));
    const library = service.library("phone");
    const work = new SimulatedDevice("phone", time, random.fork(), library, undefined, "Work");
    for (const [path, content] of Object.entries(named("theirs"))) work.vault.write(path, content);
    work.start();
    await pass(2 * HOUR);
    expect([service.items.length, service.albums.size]).toEqual([60, 2]);
    const away = work.engine?.recovery.look();
    await pass(60_000);
    expect(await away).toEqual([]);
  });

  it("is not what another vault has in its own album", async () => {
    const { time, random, service, device, pass } = await backedUp(SENT);
    const work = new SimulatedDevice(
      "phone",
      time,
      random.fork(),
      service.library("phone"),
      undefined,
      "Work",
    );
    for (const [path, { content }] of device.vault.files) work.vault.write(path, content);
    work.start();
    await pass(2 * HOUR);
    expect(new Set(Object.values(kinds(work)))).toEqual(new Set(["backed-up"]));
    expect([service.items.length, twice(service).length]).toEqual([4, 2]);
  });
});
