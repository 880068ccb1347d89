import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { albumId, fingerprintFrom, mediaItemId, sentName } from "../../src/model";
import { source } from "../simulation/byte-source";
import { SimulatedDevice } from "../simulation/device";
import { backedUp, kinds } from "./backed-up";

const HOUR = 3_600_000;
const OLDER = "Notes (older versions)";

type World = Awaited<ReturnType<typeof backedUp>>;

const requests = ({ service }: World): number =>
  [...service.calls.values()].reduce((sum, count) => sum + count, 0);

/** Another device of the vault, which has sent nothing yet; it gets what the first one has by a sync tool. */
function laptop({ time, random, service, device }: World): SimulatedDevice {
  const other = new SimulatedDevice("laptop", time, random.fork(), service.library("laptop"));
  other.settings = device.settings;
  for (const [path, { content }] of device.vault.files) other.vault.write(path, content);
  return other;
}

describe("a look before an image is sent", () => {
  it("lists older versions alone where one image of a full album has changed, however often", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 400 }, (_, number) => [`${String(number)}.png`, `image ${String(number)}`]),
    );
    const world = await backedUp(many);
    const { device, service, pass, write, uploads, inAlbum } = world;
    const lists = service.calls.get("list") ?? 0;
    // The first one makes the album for older versions.
    write("0.png", "drawn anew");
    await pass(HOUR);
    for (let time = 1; time <= 5; time += 1) {
      const before = requests(world);
      write(`${String(time)}.png`, `drawn anew, ${String(time)}`);
      await pass(2 * HOUR);
      // Two looks of two calls each; upload and create; into the one album, and out of the other; once a day a check.
      expect(requests(world) - before).toBeLessThanOrEqual(9);
    }
    expect((service.calls.get("list") ?? 0) - lists).toBe(2 * 5);
    expect([uploads(), inAlbum("Notes").length, inAlbum(OLDER).length]).toEqual([406, 400, 6]);
    expect(new Set(Object.values(kinds(device)))).toEqual(new Set(["backed-up"]));
  });

  it("finds what another device sent in place of an older version, though the album counts the same", async () => {
    const world = await backedUp({ "a.png": "one", "b.png": "two" }, {}, (content) => `${content}, by desk`);
    const { device, service, pass, write, uploads } = world;
    const other = laptop(world);
    other.start();
    await pass(HOUR);
    other.vault.write("a.png", "one, drawn anew");
    await pass(HOUR);
    expect(service.items).toHaveLength(3);
    const before = uploads();
    write("a.png", "one, drawn anew");
    await pass(HOUR);
    expect(kinds(device)).toEqual({ "a.png": "backed-up", "b.png": "backed-up" });
    expect([uploads(), service.items.length]).toEqual([before, 3]);
  });

  it("believes no count while another device has an item under way from one album to the other", async () => {
    // Each device encodes in its own way: equal bytes cannot save us.
    const world = await backedUp({ "a.png": "one", "b.png": "two" }, {}, (content) => `${content}, by desk`);
    const { device, service, time, pass, write, itemOf } = world;
    const moved = itemOf("a.png");
    const [album = albumId("")] = service.albums.keys();
    /** The other device makes an item for a file. */
    const send = (stem: string, content: string): void => {
      const made = fingerprintFrom(createHash("sha256").update(content).digest("hex"));
      const id = mediaItemId(`by laptop: ${content}`);
      const name = sentName(stem, made, "original", "png");
      service.items.push({ ...moved, id, name, content, madeAt: time.elapsed, albums: new Set([album]) });
    };
    const older = albumId("album of laptop");
    service.albums.set(older, { title: OLDER });
    send("a", "one, drawn anew");
    moved.albums.add(older);
    write("c.png", "three");
    await pass(60_000);
    // This device has looked; now the other one ends what it was at, and sends something else.
    moved.albums.delete(album);
    send("d", "four");
    write("d.png", "four");
    await pass(HOUR);
    expect(kinds(device)).toEqual({
      "a.png": "backed-up",
      "b.png": "backed-up",
      "c.png": "backed-up",
      "d.png": "backed-up",
    });
    expect(service.items.filter(({ name }) => name.startsWith("d "))).toHaveLength(1);
  });
});

describe("an older version, where the ledger is lost", () => {
  it("is found, comes back into the album with its bytes, and is not offered to be put back", async () => {
    const world = await backedUp({ "a.png": "one" });
    const { device, pass, write, restart, loseLedger, absent, uploads, inAlbum, itemOf } = world;
    const older = itemOf("a.png");
    write("a.png", "one, drawn anew");
    await pass(HOUR);
    expect(inAlbum(OLDER)).toEqual([older]);
    await restart(loseLedger);
    await pass(HOUR);
    expect(await absent()).toEqual({ missing: {}, only: [] });
    write("b.png", "one");
    await pass(HOUR);
    expect(kinds(device)).toEqual({ "a.png": "backed-up", "b.png": "backed-up" });
    expect([uploads(), inAlbum("Notes").length, inAlbum(OLDER)]).toEqual([2, 2, []]);
  });
});

describe("an image that came while the vault was watched", () => {
  it("is looked for once more before it is made, whatever was planned meanwhile", async () => {
    const world = await backedUp({ "a.png": "one" });
    const { device, service, time, pass, write } = world;
    const before = service.calls.get("upload") ?? 0;
    write("new.png", "new");
    // As where a sync tool brings other devices' journals beside it: all is planned anew.
    await pass(100);
    device.change({ captions: true });
    await time.run(() => (service.calls.get("upload") ?? 0) > before, HOUR);
    // The device that it came from has coded it in its own way, and makes its item now.
    const hex = createHash("sha256").update("new").digest("hex");
    const album = [...service.albums.keys()][0];
    const library = service.library("laptop");
    const { signal } = new AbortController();
    const token = library.upload(source("coded elsewhere"), "image/png", { signal });
    const name = sentName("new", fingerprintFrom(hex), "original", "png");
    void token.then((one) => library.create([{ token: one, name }], { album, signal }));
    await pass(HOUR);
    expect(kinds(device)).toEqual({ "a.png": "backed-up", "new.png": "backed-up" });
    expect(service.items.map(({ content }) => content)).toEqual(["one", "coded elsewhere"]);
  });
});

describe("a look that meets what stops the whole run", () => {
  it("is not made once more for each image that is under way", async () => {
    const { device, service, pass, write, restart } = await backedUp({ "a.png": "one" });
    device.limits = { ...device.limits, uploads: 16 };
    await restart();
    await pass(HOUR);
    const under: unknown[] = [];
    service.strike = (call) => {
      if (device.hold !== undefined) under.push(call);
      return call === "albums" ? { when: "before", kind: "quota-day" } : undefined;
    };
    for (let number = 0; number < 60; number += 1) write(`m/${String(number)}.png`, String(number));
    await pass(60_000);
    expect([device.hold?.why, under]).toEqual(["daily-quota", []]);
    expect(new Set(Object.values(kinds(device)))).toEqual(new Set(["backed-up", "waiting"]));
    service.strike = () => undefined;
    device.engine?.resume();
    await pass(48 * HOUR);
    expect(new Set(Object.values(kinds(device)))).toEqual(new Set(["backed-up"]));
  });
});
