import { describe, expect, it } from "vitest";
import { markOfName, type PhotoLibrary, type VaultPath } from "../../src/model";
import { SimulatedTime } from "../simulation/clock";
import { SimulatedDevice } from "../simulation/device";
import { SeededRandom } from "../simulation/random";
import { SimulatedService } from "../simulation/service";
import { backedUp, kinds } from "./backed-up";

const HOUR = 3_600_000;
const PATHS = ["a.png", "b.png", "c.png"];
const ALL_SAFE = { "a.png": "backed-up", "b.png": "backed-up", "c.png": "backed-up" };

/** A device on which a person can sign in with either of two accounts. */
function twoAccounts(paths: readonly VaultPath[] = PATHS) {
  const time = new SimulatedTime();
  const random = new SeededRandom(4);
  const home = new SimulatedService(time, random.fork(), undefined, "home");
  const work = new SimulatedService(time, random.fork(), undefined, "work");
  let library = home.library("desk");
  const signedIn = new Proxy({} as PhotoLibrary, {
    get: (_, call) => library[call as keyof PhotoLibrary],
  });
  const device = new SimulatedDevice("desk", time, random.fork(), signedIn);
  for (const path of paths) device.vault.write(path, `image ${path}`);
  const signIn = (service: SimulatedService): void => {
    library = service.library("desk");
    device.engine?.signInChanged();
  };
  const pass = (ms: number) => time.run(() => false, ms);
  /** Whose items the states tell of. */
  const told = (service: SimulatedService): boolean =>
    [...device.states.values()].every(
      (state) => state.is === "backed-up" && service.items.some(({ id }) => id === state.item.id),
    );
  return { time, home, work, device, signIn, pass, told };
}

function uploads({ calls }: SimulatedService): number {
  return calls.get("upload") ?? 0;
}

describe("another account", () => {
  it("gets every image, and what the first one has is known when it is back", async () => {
    const { home, work, device, signIn, pass, told } = twoAccounts();
    device.start();
    await pass(HOUR);
    for (const [service, other] of [
      [work, home],
      [home, work],
      [work, home],
    ] as const) {
      signIn(service);
      await pass(HOUR);
      expect(kinds(device)).toEqual(ALL_SAFE);
      expect([told(service), told(other)]).toEqual([true, false]);
    }
    expect([uploads(home), uploads(work)]).toEqual([3, 3]);
    expect(device.fault).toBeUndefined();
  });

  it("does not wait for what became of a create in the first one, which is found out when that is back", async () => {
    const { time, home, work, device, signIn, pass, told } = twoAccounts();
    home.strike = (call) => (call === "create" ? { when: "after", kind: "outcome-unknown" } : undefined);
    device.start();
    await time.run(() => home.items.length > 0, HOUR);
    await pass(1_000);
    signIn(work);
    await pass(HOUR);
    expect(kinds(device)).toEqual(ALL_SAFE);
    expect([told(work), work.items.length]).toEqual([true, 3]);
    signIn(home);
    await pass(HOUR);
    expect(kinds(device)).toEqual(ALL_SAFE);
    expect(told(home)).toBe(true);
    expect(new Set(home.items.map(({ name }) => markOfName(name))).size).toBe(3);
    expect([home.items.length, home.calls.get("create"), uploads(home)]).toEqual([3, 1, 3]);
  });

  it.each([
    ["has no room left", "storage-full", "storage-full"],
    ["has used up its day", "quota-day", "daily-quota"],
  ] as const)(
    "gets every image at once, none by an upload to the first one, which %s",
    async (_, kind, why) => {
      const { time, home, work, device, signIn, pass, told } = twoAccounts();
      home.strike = (call) => (call === "create" ? { when: "before", kind } : undefined);
      device.start();
      expect(await time.run(() => device.hold?.why === why, HOUR)).toBe(true);
      signIn(work);
      await pass(HOUR);
      expect(kinds(device)).toEqual(ALL_SAFE);
      expect([told(work), uploads(work)]).toEqual([true, 3]);
      home.strike = () => undefined;
      signIn(home);
      await pass(HOUR);
      expect([told(home), uploads(home)]).toEqual([true, 3]);
    },
  );

  it.each([
    ["when that is back", false],
    ["though the app was closed then", true],
  ])("is not asked to tidy what lies in the first one's album, which is done %s", async (_, isClosed) => {
    const { home, work, device, signIn, pass, told } = twoAccounts();
    device.start();
    await pass(HOUR);
    home.strike = (call) => (call === "removeFromAlbum" ? { when: "before", kind: "transient" } : undefined);
    device.vault.write("a.png", "drawn anew");
    device.backUp();
    await pass(5_000);
    signIn(work);
    await pass(HOUR);
    expect([told(work), work.calls.get("removeFromAlbum")]).toEqual([true, undefined]);
    home.strike = () => undefined;
    signIn(home);
    await pass(5_000);
    if (isClosed) {
      device.kill();
      device.start();
    }
    await pass(HOUR);
    expect(told(home)).toBe(true);
    expect([...home.albums.values()].map(({ title }) => title)).toEqual(["Notes", "Notes (older versions)"]);
    expect(home.items.map(({ albums }) => albums.size)).toEqual([1, 1, 1, 1]);
  });

  it("is asked nothing where there is nothing to back up", async () => {
    const { home, device, pass } = twoAccounts();
    for (const path of PATHS) device.vault.remove(path);
    device.start();
    await pass(50 * HOUR);
    expect([...home.calls]).toEqual([]);
  });
});

describe("another account while something is asked about the first one", () => {
  const many = (count: number): VaultPath[] => Array.from({ length: count }, (_, one) => `${one}.png`);

  /** How many images are said to be backed up, and how many of them the account has. */
  const claimed = (device: SimulatedDevice, { items }: SimulatedService): readonly [number, number] => {
    const said = [...device.states.values()].flatMap((state) =>
      state.is === "backed-up" ? [state.item.id] : [],
    );
    return [said.length, said.filter((said) => items.some(({ id }) => id === said)).length];
  };

  it("is not asked by a check for the items of the first", async () => {
    const { time, home, work, device, signIn, pass } = twoAccounts(many(120));
    device.start();
    await pass(3 * HOUR);
    void device.engine?.recovery.verify();
    await time.run(() => (home.calls.get("get") ?? 0) > 0, HOUR);
    signIn(work);
    await pass(3 * HOUR);
    signIn(home);
    await pass(3 * HOUR);
    expect(claimed(device, home)).toEqual([120, 120]);
  });

  it("is not looked at for the first", async () => {
    const { time, home, work, device, signIn, pass } = twoAccounts(many(40));
    // The first one holds images of this vault that another device has sent: a look takes several pages.
    const tab = new SimulatedDevice("tab", time, new SeededRandom(9), home.library("tab"));
    for (const path of many(320)) tab.vault.write(path, `another ${path}`);
    tab.start();
    signIn(work);
    device.start();
    await pass(3 * HOUR);
    expect([work.items.length, home.items.length]).toEqual([40, 320]);
    device.kill();
    device.disk.journals.clear();
    device.disk.journalCache = [];
    device.disk.memory.clear();
    device.disk.loseDatabase();
    device.settings = { ...device.settings, albumIds: {} };
    signIn(home);
    const lists = home.calls.get("list") ?? 0;
    device.start();
    await time.run(() => (home.calls.get("list") ?? 0) > lists, HOUR);
    signIn(work);
    await pass(3 * HOUR);
    signIn(home);
    await pass(3 * HOUR);
    expect(claimed(device, home)).toEqual([40, 40]);
  });
});

it("who signs out is told so, though nothing is left to be sent, and at each start, until somebody signs in", async () => {
  const { service, device, pass, restart } = await backedUp({ "a.png": "one" });
  service.signedIn = false;
  device.engine?.signInChanged();
  await pass(1_000);
  expect(device.hold).toMatchObject({ why: "signed-out" });
  await restart();
  expect(device.hold).toMatchObject({ why: "signed-out" });
  expect(kinds(device)).toEqual({ "a.png": "backed-up" });
  service.signedIn = true;
  device.engine?.signInChanged();
  await pass(1_000);
  expect(device.hold).toBeUndefined();
});

it("who signs in while the backup is stopped by something else is not told to sign in for ever", async () => {
  const { service, device, pass } = await backedUp({ "a.png": "one" });
  device.vault.rename("a.png", "moved.png");
  service.signedIn = false;
  device.engine?.signInChanged();
  await pass(1_000);
  expect(device.hold).toMatchObject({ why: "signed-out" });
  // While it is asked whose account it is, the disk refuses to note where a file lay last.
  service.signedIn = true;
  device.disk.isFullFor = () => device.faults.length === 0;
  device.engine?.signInChanged();
  device.vault.remove("moved.png");
  await pass(1_000);
  expect([device.faults.length, device.hold?.why]).toEqual([1, "stopped"]);
  // Before the simulated person signs in once more.
  await pass(30_000);
  expect(device.hold).toBeUndefined();
});

it("a long upload goes no further once another account is used", async () => {
  const { home, work, device, signIn, pass } = twoAccounts([]);
  device.settings = { ...device.settings, video: true };
  device.vault.write("clip.mp4", "x".repeat(2_000));
  await pass(1_000);
  home.halfway = () => device.engine?.pause();
  device.start();
  await pass(HOUR);
  signIn(work);
  await pass(HOUR);
  device.engine?.resume();
  await pass(HOUR);
  expect([uploads(home), uploads(work), kinds(device)]).toEqual([0, 1, { "clip.mp4": "backed-up" }]);
});
