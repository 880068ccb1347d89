import { describe, expect, it } from "vitest";
import type { BackupSettings, VaultPath } from "../../src/model";
import { SimulatedDevice } from "../simulation/device";
import { backedUp, kinds } from "./backed-up";

const HOUR = 3_600_000;
const LARGE = "x".repeat(25_000_001);

/** A second device, to which a sync tool has brought the vault with its settings and journals. */
async function second(
  { time, random, service, device, pass }: Awaited<ReturnType<typeof backedUp>>,
  settings: Partial<BackupSettings>,
  isPhone = false,
) {
  const phone = new SimulatedDevice("phone", time, random.fork(), service.library("phone"));
  phone.limits = { ...phone.limits, isPhone };
  phone.settings = { ...device.settings, ...settings };
  for (const [path, { content }] of device.vault.files) phone.vault.write(path, content);
  for (const [name, text] of device.disk.journals) phone.disk.journals.set(name, text);
  phone.start();
  await pass(HOUR);
  const away = async (): Promise<readonly VaultPath[]> => {
    const images = phone.engine?.recovery.look();
    await pass(1_000);
    return ((await images) ?? []).map(({ path }) => path);
  };
  return { phone, away };
}

describe("a file that is not read on a device", () => {
  it.each<[VaultPath, Partial<BackupSettings>]>([
    ["left/a.png", { folders: { include: [], exclude: ["left"] } }],
    ["a.mp4", { video: false }],
  ])("is not told of as one that Google Photos alone has: %s", async (path, settings) => {
    const world = await backedUp({ [path]: "one", "b.png": "two" }, { video: true });
    const { away } = await second(world, settings);
    expect(await away()).toEqual([]);
  });

  it("is backed up, as the journals tell, where it is too large for a phone alone", async () => {
    const world = await backedUp({ "large.png": LARGE, "b.png": "two" });
    const { phone, away } = await second(world, { phoneLimit: 25 }, true);
    expect(kinds(phone)).toEqual({ "large.png": "backed-up", "b.png": "backed-up" });
    expect([await away(), phone.lastRead]).toEqual([[], "b.png"]);
    phone.vault.rename("large.png", "trip/larger.png");
    await world.pass(HOUR);
    expect(await away(), "of one that was moved nothing is missed").toEqual([]);
    phone.vault.rename("trip/larger.png", "large.png");
    phone.vault.write("large.png", `${LARGE}, drawn anew`);
    await world.pass(HOUR);
    expect(phone.states.get("large.png")).toEqual({ is: "skipped", because: "too-large-phone" });
  });

  it("is not fetched to a phone where it is too large for it", async () => {
    const world = await backedUp({ "large.png": LARGE, "b.png": "two" });
    const { phone, away } = await second(world, { phoneLimit: 25 }, true);
    for (const path of ["large.png", "b.png"]) phone.vault.remove(path);
    await world.pass(1_000);
    const paths = await away();
    const restored = phone.engine?.recovery.restore(paths);
    await world.pass(60_000);
    expect(await restored).toEqual({ same: 1, copies: 0, not: 1, tooLarge: 1 });
    expect([...phone.vault.files.keys()]).toEqual(["b.png"]);
  });
});
