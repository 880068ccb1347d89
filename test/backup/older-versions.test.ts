import { describe, expect, it } from "vitest";
import { albumId } from "../../src/model";
import { SimulatedDevice } from "../simulation/device";
import { backedUp, kinds } from "./backed-up";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const OLDER = "Notes (older versions)";
const SENT = { "a.png": "one", "b.png": "two" };

/** A vault on two devices that encode each in its own way: equal bytes cannot save them. */
async function onTwoDevices() {
  const world = await backedUp(SENT, {}, (content) => `${content}, by desk`);
  const { time, random, service, device, pass, write } = world;
  const laptop = new SimulatedDevice("laptop", time, random.fork(), service.library("laptop"));
  laptop.settings = device.settings;
  for (const [path, { content }] of device.vault.files) laptop.vault.write(path, content);
  laptop.start();
  await pass(HOUR);
  /** A file is changed on the desk, which sends it; a sync tool carries it over an hour later. */
  const edit = async (path: string, content: string): Promise<void> => {
    write(path, content);
    await pass(HOUR);
    laptop.vault.write(path, content);
    await pass(HOUR);
  };
  const absentOnLaptop = async () => {
    const found = laptop.engine?.recovery.look();
    await pass(60_000);
    return (await found)?.flatMap(({ is, path }) => (is === "only" ? [path] : []));
  };
  return { ...world, laptop, edit, absentOnLaptop };
}

describe("an older version, on another device", () => {
  it("counts as one there as well, and is not offered to be put back", async () => {
    const { service, laptop, edit, absentOnLaptop } = await onTwoDevices();
    await edit("a.png", "one, drawn anew");
    expect(kinds(laptop)).toEqual({ "a.png": "backed-up", "b.png": "backed-up" });
    expect([service.items.length, await absentOnLaptop()]).toEqual([3, []]);
  });

  it("counts as one there, though the disk refused at first to note it", async () => {
    const { device, laptop, pass, write, absent } = await onTwoDevices();
    device.vault.remove("a.png");
    laptop.vault.write("a.png", "one, drawn anew");
    await pass(HOUR);
    device.disk.isFullFor = (text) => device.faults.length === 0 && text.includes("superseded");
    write("c.png", "three");
    await pass(HOUR);
    write("d.png", "four");
    await pass(HOUR);
    // The newer one alone is to be had: nobody has brought its file yet.
    expect([device.faults.length, (await absent()).only]).toEqual([1, ["a.png"]]);
  });

  it("comes back with its bytes, while the one that moved it is closed", async () => {
    const { device, laptop, pass, edit, inAlbum } = await onTwoDevices();
    await edit("a.png", "one, drawn anew");
    device.kill();
    laptop.vault.write("a.png", "one");
    await pass(DAY);
    // Now it is the other way round.
    const older = inAlbum(OLDER).map(({ content }) => content);
    expect([kinds(laptop)["a.png"], older]).toEqual(["backed-up", ["one, drawn anew, by desk"]]);
  });

  it("tells of the newer one, though somebody has deleted as many as have come since", async () => {
    const { service, pass, edit } = await onTwoDevices();
    await edit("a.png", "one, drawn anew");
    await pass(DAY);
    const [first] = service.items;
    if (first !== undefined) first.gone = true;
    await edit("a.png", "one, drawn once more");
    expect(service.items).toHaveLength(4);
  });

  it("tells of the newer one, though the counts of albums are behind", async () => {
    const { service, laptop, pass, write, edit } = await onTwoDevices();
    await edit("b.png", "two, drawn anew");
    write("a.png", "one, drawn anew");
    await pass(HOUR);
    // As if the album for older versions still counted one, and the vault's what it did before.
    const moved = service.items.find(({ content }) => content === "one, by desk");
    const older = [...service.albums].find(([, { title }]) => title === OLDER)?.[0] ?? albumId("");
    laptop.disk.memory.set(`count ${older}`, { count: 2, known: 0, unlisted: 0 });
    expect(moved?.albums.has(older)).toBe(true);
    laptop.vault.write("a.png", "one, drawn anew");
    await pass(HOUR);
    expect(service.items).toHaveLength(4);
  });

  it("that was left in both albums makes no count right by chance when it leaves", async () => {
    const { service, device, laptop, pass, write, inAlbum } = await onTwoDevices();
    service.strike = (call, who) =>
      call === "removeFromAlbum" && who === "desk" ? { when: "before", kind: "transient" } : undefined;
    write("a.png", "one, drawn anew");
    await pass(HOUR / 4);
    expect([inAlbum("Notes").length, inAlbum(OLDER).length]).toEqual([3, 1]);
    device.kill();
    service.strike = () => undefined;
    for (const [path, content] of [
      ["a.png", "one, drawn anew"],
      ["c.png", "three"],
      ["d.png", "four"],
    ] as const) {
      laptop.vault.write(path, content);
      await pass(HOUR);
    }
    const before = service.items.length;
    device.start();
    await pass(60_000);
    write("new.png", "five");
    await pass(HOUR);
    laptop.vault.write("new.png", "five");
    await pass(HOUR);
    expect(service.items).toHaveLength(before + 1);
  });
});

describe("an older version gives way", () => {
  // The write that tells of it is torn at some of these.
  it.each([198, 199, 200, 201, 202, 260, 300])(
    "though the app is closed %i ms after the create was asked for",
    async (ms) => {
      const many = Object.fromEntries(
        Array.from({ length: 20 }, (_, number) => [`${String(number)}.png`, `image ${String(number)}`]),
      );
      const { time, service, pass, write, restart, absent, inAlbum } = await backedUp(many);
      for (const path of Object.keys(many)) write(path, `${path}, drawn anew`);
      const before = service.calls.get("create") ?? 0;
      await time.run(() => (service.calls.get("create") ?? 0) > before, HOUR);
      await pass(ms);
      await restart();
      await pass(2 * HOUR);
      expect([inAlbum("Notes").length, inAlbum(OLDER).length, (await absent()).only]).toEqual([20, 20, []]);
    },
  );

  it("though the answer to the create was lost", async () => {
    const { service, pass, write, inAlbum, absent } = await backedUp({ "a.png": "one" });
    let left = 1;
    service.strike = (call) =>
      call === "create" && left-- > 0 ? { when: "after", kind: "outcome-unknown" } : undefined;
    write("a.png", "one, drawn anew");
    await pass(2 * HOUR);
    expect([inAlbum("Notes").length, inAlbum(OLDER).length, (await absent()).only]).toEqual([1, 1, []]);
  });

  it("to make room: an album through which many have gone is not full", async () => {
    const { service, device, pass, write, restart } = await backedUp({ "a.png": "version 0" });
    device.limits = { ...device.limits, albumItems: 5 };
    await restart();
    for (let version = 1; version <= 4; version += 1) {
      write("a.png", `version ${String(version)}`);
      await pass(HOUR);
    }
    expect([...service.albums.values()].map(({ title }) => title)).toEqual(["Notes", OLDER]);
  });
});

describe("an older version comes back", () => {
  it("out of each of two albums that devices have made at the same moment", async () => {
    const { service, pass, write, inAlbum } = await backedUp(SENT);
    write("a.png", "one, drawn anew");
    await pass(HOUR);
    // The one with the smaller id is the one that counts from now on.
    service.albums.set(albumId("aaa"), { title: OLDER });
    write("b.png", "two, drawn anew");
    await pass(HOUR);
    write("c.png", "one");
    await pass(HOUR);
    expect(inAlbum(OLDER).map(({ content }) => content)).toEqual(["two"]);
  });

  it("though the ledger was lost, and the app closed before it did", async () => {
    const { device, service, pass, write, restart, loseLedger, inAlbum } = await backedUp({ "a.png": "one" });
    write("a.png", "one, drawn anew");
    await pass(HOUR);
    await restart(loseLedger);
    service.strike = (call) => (call === "addToAlbum" ? { when: "before", kind: "transient" } : undefined);
    write("b.png", "one");
    await pass(60_000);
    expect([kinds(device)["b.png"], inAlbum(OLDER).length]).toEqual(["backed-up", 1]);
    await restart();
    service.strike = () => undefined;
    await pass(HOUR);
    expect([inAlbum("Notes").length, inAlbum(OLDER).length]).toEqual([2, 0]);
  });
});

it("an album that takes no older version is not asked for ever", async () => {
  const { service, pass, write } = await backedUp(SENT);
  service.strike = (call) => (call === "addToAlbum" ? { when: "before", kind: "bad-album" } : undefined);
  write("a.png", "one, drawn anew");
  await pass(HOUR);
  const adds = service.calls.get("addToAlbum");
  await pass(DAY);
  expect(service.calls.get("addToAlbum")).toBe(adds);
});
