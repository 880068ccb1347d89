import { describe, expect, it } from "vitest";
import { markOfName } from "../../src/model";
import { SimulatedTime } from "../simulation/clock";
import { SimulatedDevice } from "../simulation/device";
import { SeededRandom } from "../simulation/random";
import { SimulatedService } from "../simulation/service";
import { kinds } from "./backed-up";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * What happens in the life of a vault, one after another. What was interrupted is done once more. Each takes a day and
 * more, so that the account is checked meanwhile.
 */
const DEEDS: readonly ((device: SimulatedDevice) => unknown)[] = [
  ({ vault }) => {
    for (const path of ["a.png", "b.png", "c.png"]) vault.write(path, `first ${path}`);
  },
  (device) => {
    device.vault.write("a.png", "second a.png");
    device.backUp();
  },
  ({ engine }) => engine?.recovery.verify(),
  ({ vault }) => vault.remove("b.png"),
  (device) => {
    device.lost = ["b.png"];
    return device.engine?.recovery.restore(["b.png"]);
  },
];

/** A vault whose life is interrupted, once. The answer of the first create is lost. */
function life() {
  const time = new SimulatedTime();
  const random = new SeededRandom(5);
  const service = new SimulatedService(time, random.fork());
  service.strike = (call) =>
    call === "create" && service.calls.get("create") === 1
      ? { when: "after", kind: "outcome-unknown" }
      : undefined;
  const device = new SimulatedDevice("desk", time, random.fork(), service.library("desk"));

  /**
   * Lives it through.
   *
   * @param ended   what holds when the engine has ended, or a life of it: told by which error
   * @param stopAt  the engine is stopped when so many sleepers have been woken
   * @returns       whether it was interrupted
   */
  const live = async (
    ended: (error: unknown) => Promise<void> | void,
    stopAt = Infinity,
  ): Promise<boolean> => {
    const isOver = (): boolean => device.ended || device.fault !== undefined;
    let isInterrupted = false;
    device.start();
    for (const deed of DEEDS) {
      const act = async (): Promise<unknown> => {
        const { length } = device.faults;
        void deed(device);
        await time.run(() => isOver() || time.woken >= stopAt, 26 * HOUR);
        if (time.woken >= stopAt) {
          stopAt = Infinity;
          device.engine?.stop();
          await time.run(isOver, MINUTE);
        }
        return device.fault ?? device.faults[length];
      };
      const error = await act();
      if (isInterrupted || (error === undefined && !isOver())) continue;
      isInterrupted = true;
      await ended(error);
      if (isOver()) {
        device.kill();
        device.fault = undefined;
        device.start();
        await time.run(() => device.lookedThrough, MINUTE);
      }
      expect(await act()).toBeUndefined();
    }
    return isInterrupted;
  };

  /** Each content is in Google Photos once, and nothing is left to be done. */
  const expectAllSafe = (when: string): void => {
    expect(kinds(device), when).toEqual({ "a.png": "backed-up", "b.png": "backed-up", "c.png": "backed-up" });
    const marks = service.items.map(({ name }) => markOfName(name));
    expect([marks.length, new Set(marks).size], when).toEqual([4, 4]);
  };
  const calls = (): number => [...service.calls.values()].reduce((sum, count) => sum + count, 0);
  return { time, service, device, live, expectAllSafe, calls };
}

describe("an engine that is stopped", () => {
  it("at any moment ends quietly, asks nothing more, and brings each image once after the next start", async () => {
    for (let moment = 1; ; moment += 1) {
      const { time, device, live, expectAllSafe, calls } = life();
      const when = `stopped at moment ${String(moment)}`;
      const isInterrupted = await live(async () => {
        expect([device.ended, device.fault], when).toEqual([true, undefined]);
        const made = calls();
        await time.run(() => false, HOUR);
        expect(calls(), when).toBe(made);
      }, moment);
      expectAllSafe(when);
      if (!isInterrupted) break;
    }
  });
});

describe("an engine whose disk is full", () => {
  it("goes on by itself where there is room, and has said of no image that it is safe which is not", async () => {
    for (let write = 1; ; write += 1) {
      const { time, device, live, expectAllSafe } = life();
      const when = `the disk is full for write ${String(write)}`;
      let writes = 0;
      let fullUntil: number | undefined;
      device.disk.isFullFor = () => {
        const journals = [...device.disk.journals.values()].join("");
        for (const state of device.states.values())
          if (state.is === "backed-up") expect(journals, when).toContain(`"id":"${state.item.id}"`);
        writes += 1;
        if (writes < write) return false;
        fullUntil ??= time.elapsed + HOUR;
        return time.elapsed < fullUntil;
      };
      await live(() => undefined);
      expect(device.fault, when).toBeUndefined();
      expectAllSafe(when);
      if (writes < write) break;
    }
  });
});
