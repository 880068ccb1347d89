import { Session } from "node:inspector/promises";
import { setFlagsFromString } from "node:v8";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/*
 * How the work grows with the vault, whatever the machine's speed: every run of every block of our own code is counted,
 * as V8 does for coverage.
 */

/** Each is twice the one before: what is there whatever the size falls out of the differences. */
const SIZES = [250, 500, 1_000] as const;
const MOST = 1.05;

const session = new Session();
session.connect();
// Only what is loaded from here on is counted block by block; and what V8 optimises, it counts in part.
setFlagsFromString("--no-opt");
await session.post("Profiler.enable");
await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
const { SimulatedTime } = await import("../simulation/clock");
const { SimulatedDevice } = await import("../simulation/device");
const { SeededRandom } = await import("../simulation/random");
const { SimulatedService } = await import("../simulation/service");
afterAll(() => {
  session.disconnect();
  setFlagsFromString("--opt");
});

/** How often blocks of the rooms that plan, send and tell have run since this was last asked. */
async function blocksRun(): Promise<number> {
  const { result } = await session.post("Profiler.takePreciseCoverage");
  return result
    .filter(({ url }) => /\/src\/(?:backup|model|status)\//.test(url))
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
    .reduce((sum, { count }) => sum + count, 0);
}

async function counted(work: () => Promise<unknown>): Promise<number> {
  await blocksRun();
  await work();
  return blocksRun();
}

/** A device that fills a status, with images that nobody has backed up yet. */
function deviceWith(images: number) {
  const time = new SimulatedTime();
  const random = new SeededRandom(7);
  const service = new SimulatedService(time, random.fork());
  const device = new SimulatedDevice("desk", time, random.fork(), service.library("desk"));
  for (let number = 0; number < images; number += 1)
    device.vault.write(`img/${String(number)}.png`, `image ${String(number)}`);
  const isCalm = (): boolean =>
    device.lookedThrough &&
    !device.running &&
    [...device.states.values()].every(({ is }) => is === "backed-up");
  /** Does something and lets the world run until all is backed up again. */
  const after = async (deed: () => void): Promise<void> => {
    deed();
    const isDone = await time.run(() => device.fault !== undefined || isCalm(), 24 * 3_600_000);
    if (device.fault !== undefined) throw device.fault as Error;
    expect(isDone, "the backup comes to rest").toBe(true);
    await time.run(() => false, 1_000);
  };
  return { time, device, after };
}

interface Work {
  readonly backup: number;
  readonly start: number;
  readonly paste: number;
}

async function workWith(images: number): Promise<Work> {
  const { time, device, after } = deviceWith(images);
  // A file that is as young as its reading is read again.
  await time.run(() => false, 1_000);
  const paste = (name: string): Promise<void> => after(() => device.vault.write(`img/${name}.png`, name));
  const backup = await counted(() => after(() => device.start()));
  device.kill();
  const start = await counted(() => after(() => device.start()));
  // With the first one, the names in use and what albums hold are gathered once.
  await paste("first");
  return { backup, start, paste: await counted(() => paste("second")) };
}

describe("the work that grows with the vault", () => {
  let works: readonly Work[];
  /** By which power of the number of images it grows: 1 is linear. */
  const exponent = (what: keyof Work): number => {
    const [small = 0, middle = 0, large = 0] = works.map((work) => work[what]);
    return Math.log2((large - middle) / (middle - small));
  };

  beforeAll(async () => {
    const done: Work[] = [];
    for (const size of SIZES) done.push(await workWith(size));
    works = done;
  }, 120_000);

  it("is counted at all", () => {
    const [small, , large] = works.map(({ start }) => start);
    expect((large ?? 0) - (small ?? 0)).toBeGreaterThan(10 * (SIZES[2] - SIZES[0]));
  });

  it("is at most linear where everything is to be backed up", () => {
    expect(exponent("backup")).toBeLessThanOrEqual(MOST);
  });

  it("is at most linear at a start with nothing changed", () => {
    expect(exponent("start")).toBeLessThanOrEqual(MOST);
  });

  it("does not grow for one pasted image", () => {
    const [small = 0, , large = 0] = works.map(({ paste }) => paste);
    expect(large / small).toBeLessThanOrEqual(1.2);
  });
});
