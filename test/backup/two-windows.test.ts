import { describe, expect, it } from "vitest";
import { markOfName, type WindowLock } from "../../src/model";
import { SimulatedTime } from "../simulation/clock";
import { SimulatedDevice } from "../simulation/device";
import { SeededRandom } from "../simulation/random";
import { SimulatedService } from "../simulation/service";
import { kinds } from "./backed-up";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A lock that one window holds at a time, in the order in which they asked. */
function oneAtATime(): WindowLock {
  let last: Promise<unknown> = Promise.resolve();
  let working = 0;
  return {
    hold(signal, work, wait) {
      if (working > 0) wait();
      working += 1;
      const stopped = new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
      });
      const done = Promise.race([last, stopped]).then(work);
      last = done.catch(() => undefined).finally(() => (working -= 1));
      return done;
    },
  };
}

/**
 * Two windows of one device, on one vault, which has an old image; the second one waits.
 *
 * @param before  is done in the first one before the second one is opened
 */
async function twoWindows(before: (first: SimulatedDevice) => void = () => undefined) {
  const time = new SimulatedTime();
  const random = new SeededRandom(4);
  const service = new SimulatedService(time, random.fork());
  const open = (window: string) => {
    // However it encodes: no two preparations of an image are the same.
    const encode = (fingerprint: string) => `${fingerprint} by ${window} at ${time.elapsed}`;
    return new SimulatedDevice("desk", time, random.fork(), service.library("desk"), encode);
  };
  const [first, second] = [open("one"), open("two")];
  Object.assign(second, { disk: first.disk, vault: first.vault });
  first.lock = second.lock = oneAtATime();
  const pass = (ms: number) => time.run(() => false, ms);
  first.vault.write("old.png", "old");
  await pass(1_000);
  first.start();
  await pass(HOUR);
  before(first);
  second.start();
  await pass(MINUTE);
  expect(second.hold).toEqual({ why: "other-window" });
  return { time, service, first, second, pass };
}

describe("a window that waits for another one", () => {
  it("is not paused any more where the other one was resumed before it was closed", async () => {
    const { first, second, service, pass } = await twoWindows((one) => one.engine?.pause());
    first.engine?.resume();
    await pass(MINUTE);
    first.engine?.stop();
    second.vault.write("new.png", "new");
    await pass(HOUR);
    expect([second.hold, service.items.length]).toEqual([undefined, 2]);
  });

  it("stays paused once the other one, which was, is closed", async () => {
    const { first, second, service, pass } = await twoWindows();
    first.engine?.pause();
    await pass(MINUTE);
    first.engine?.stop();
    await pass(1_000);
    second.vault.write("new.png", "new");
    await pass(HOUR);
    expect([second.hold, service.items.length]).toEqual([{ why: "paused" }, 1]);
  });

  it("says what the other one has done, when it comes to the front", async () => {
    const { first, second, pass } = await twoWindows();
    first.vault.write("new.png", "new");
    await pass(HOUR);
    void second.engine?.readJournals();
    await pass(MINUTE);
    expect(kinds(second)).toEqual({ "old.png": "backed-up", "new.png": "backed-up" });
  });

  it("puts nothing back, which the other one would take for new", async () => {
    const { time, first, second, pass } = await twoWindows();
    first.vault.remove("old.png");
    await pass(HOUR);
    const restored = second.engine?.recovery.restore(["old.png"]);
    await time.run(() => false, MINUTE);
    expect(await restored).toBeUndefined();
    expect(first.vault.files.has("old.png")).toBe(false);
  });

  it("checks nothing, of which the other one would not hear", async () => {
    const { service, second, pass } = await twoWindows();
    for (const item of service.items) item.gone = true;
    const checked = second.engine?.recovery.verify();
    await pass(MINUTE);
    expect(await checked).toBeUndefined();
    expect(kinds(second)).toEqual({ "old.png": "backed-up" });
  });

  it("goes on where the other one was closed in the middle of a create, and makes nothing twice", async () => {
    const { time, service, first, second, pass } = await twoWindows();
    service.lag = MINUTE;
    service.strike = (call) => (call === "create" ? { when: "late", by: 40_000 } : undefined);
    const creates = service.calls.get("create") ?? 0;
    first.vault.write("new.png", "new");
    await time.run(() => (service.calls.get("create") ?? 0) > creates, HOUR);
    await pass(400);
    service.strike = () => undefined;
    first.engine?.stop();
    await pass(HOUR);
    expect(kinds(second)).toEqual({ "old.png": "backed-up", "new.png": "backed-up" });
    const marks = service.items.map(({ name }) => markOfName(name));
    expect([marks.length, new Set(marks).size]).toEqual([2, 2]);
  });

  it("counts on from where the other one has counted", async () => {
    const { first, second, pass } = await twoWindows();
    first.vault.write("new.png", "new");
    await pass(HOUR);
    first.engine?.stop();
    await pass(MINUTE);
    second.vault.write("newer.png", "newer");
    await pass(HOUR);
    const lines = [...first.disk.journals.values()].join("").split("\n").filter(Boolean);
    const counted = lines.map((line) => (JSON.parse(line) as { n: number }).n);
    expect(new Set(counted).size).toBe(counted.length);
    expect(first.disk.journals.size).toBe(1);
  });
});
