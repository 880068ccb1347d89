import { describe, expect, it } from "vitest";
import { markOfName, type BackupSettings } from "../../src/model";
import { SimulatedDevice } from "../simulation/device";
import { backedUp, kinds } from "./backed-up";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** One image whose bytes are sent, and whose create waits while the backup is paused. */
async function waiting(path: string) {
  const world = await backedUp({ "old.png": "old" });
  const { time, device, pass, write, uploads } = world;
  write(path, "new");
  await time.run(() => uploads() === 2, HOUR);
  device.engine?.pause();
  await pass(10 * MINUTE);
  const chosen = async (settings: Partial<BackupSettings>): Promise<void> => {
    device.change(settings);
    await pass(MINUTE);
    device.engine?.resume();
    await pass(HOUR);
  };
  return { ...world, chosen };
}

describe("an image that waits for its create", () => {
  it.each<[string, Partial<BackupSettings>, string]>([
    ["its folder is left out", { folders: { include: [], exclude: ["Private"] } }, "skipped"],
    ["the backup is turned off", { automatic: false }, "waiting"],
  ])("is not made once %s, and is by the same upload once it is chosen again", async (_why, without, is) => {
    const { service, device, chosen, uploads } = await waiting("Private/new.png");
    const { folders, automatic } = device.settings;
    await chosen(without);
    expect(kinds(device)["Private/new.png"]).toBe(is);
    expect(service.items).toHaveLength(1);
    await chosen({ folders, automatic });
    expect(kinds(device)["Private/new.png"]).toBe("backed-up");
    expect([service.items.length, uploads()]).toEqual([2, 2]);
  });

  it("is made by another upload after a day, when Google does not know the first one any more", async () => {
    const { service, chosen, pass, uploads } = await waiting("Notes/new.png");
    await pass(24 * HOUR);
    const creates = service.calls.get("create") ?? 0;
    await chosen({});
    expect([service.items.length, uploads(), service.calls.get("create")]).toEqual([2, 3, creates + 1]);
  });

  it("is made in the quality that is chosen by then, and in the album", async () => {
    const { service, chosen } = await waiting("Notes/new.png");
    await chosen({ quality: "storage-saver", albums: "folders" });
    expect(service.items.map(({ name }) => markOfName(name)?.at(-1))).toEqual(["o", "s"]);
    const titles = [...(service.items.at(-1)?.albums ?? [])].map((album) => service.albums.get(album)?.title);
    expect(titles.join()).toContain("Notes");
  });
});

it("an image that another device has made is safe, though the rest of its batch is refused", async () => {
  const { time, random, service, device, pass, write, uploads } = await backedUp(
    { "z/a.png": "one" },
    { albums: "folders" },
  );
  write("b/x.png", "ex");
  write("b/y.png", "why");
  await time.run(() => uploads() === 3, HOUR);
  device.engine?.pause();
  await pass(2_000);
  const other = new SimulatedDevice("laptop", time, random.fork(), service.library("laptop"));
  other.settings = device.settings;
  other.vault.write("c/x.png", "ex");
  other.start();
  await pass(HOUR);
  service.strike = (call, who) =>
    who === "desk" && call === "createAlbum" ? { when: "before", kind: "permanent" } : undefined;
  device.engine?.resume();
  await pass(10 * MINUTE);
  expect(kinds(device)).toMatchObject({ "b/x.png": "backed-up", "b/y.png": "failed" });
});
