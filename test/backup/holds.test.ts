import { describe, expect, it } from "vitest";
import { Holds } from "../../src/backup/holds";
import {
  defaultSettings,
  type BackupSettings,
  type Clock,
  type Conditions,
  type ConditionsPort,
  type DeviceMemory,
  type SettingsPort,
} from "../../src/model";

/** Holds with a clock that is moved by hand; the wall clock may jump. */
function holds(
  settings: Partial<BackupSettings> = {},
  conditions: Partial<Conditions> = {},
  newer = false,
  memory: DeviceMemory = new Map<string, unknown>(),
) {
  const time = { elapsed: 1000, now: 5_000_000 };
  const clock = { elapsed: () => time.elapsed, now: () => time.now } as Clock;
  const fine: Conditions = {
    online: true,
    background: false,
    wifi: true,
    charging: true,
    ...conditions,
  };
  const ports = {
    clock,
    settings: { read: () => ({ ...defaultSettings(), started: true, ...settings }) } as SettingsPort,
    conditions: { read: () => fine } as ConditionsPort,
    memory,
  };
  return { time, holds: new Holds(ports, () => newer) };
}

describe("nothing is held", () => {
  it("where all is well", () => {
    const { holds: none } = holds();
    expect([none.blocking, none.nextEnd]).toEqual([undefined, Infinity]);
  });

  it("where the device cannot tell what it is asked for", () => {
    const asked = { wifiOnly: true, chargingOnly: true };
    const cannotTell = { wifi: undefined, charging: undefined } as unknown as Partial<Conditions>;
    expect(holds(asked, cannotTell).holds.blocking).toBeUndefined();
    expect(holds({}, { wifi: false, charging: false }).holds.blocking).toBeUndefined();
  });
});

describe("held by settings and conditions", () => {
  it.each([
    [{ started: false }, {}, "first-use"],
    [{ version: 2 }, {}, "newer-ledger"],
    [{}, { online: false }, "offline"],
    [{}, { background: true }, "background"],
    [{ wifiOnly: true }, { wifi: false }, "wifi"],
    [{ chargingOnly: true }, { charging: false }, "power"],
  ] as const)("%j with %j: %s", (settings, conditions, why) => {
    expect(holds(settings, conditions).holds.blocking).toEqual({ why });
  });
});

describe("held by a newer ledger", () => {
  it("whatever else holds", () => {
    expect(holds({ started: false }, { online: false }, true).holds.blocking).toEqual({
      why: "newer-ledger",
    });
  });
});

describe("a hold that is raised", () => {
  it("stays until it is lifted, and says whether it was on", () => {
    const { holds: some } = holds();
    some.raise({ why: "paused" });
    expect(some.blocking).toEqual({ why: "paused" });
    expect(some.nextEnd).toBe(Infinity);
    expect(some.lift("paused")).toBe(true);
    expect(some.lift("paused")).toBe(false);
    expect(some.blocking).toBeUndefined();
  });

  it("for a pause is known under a graver one, until its time is over", () => {
    const { time, holds: some } = holds();
    some.raise({ why: "paused", until: time.now + 600 });
    some.raise({ why: "signed-out", ended: false });
    expect([some.blocking?.why, some.isPaused]).toEqual(["signed-out", true]);
    time.elapsed += 600;
    expect([some.blocking?.why, some.isPaused]).toEqual(["signed-out", false]);
  });

  it("for a time ends by itself, even where the wall clock jumps back", () => {
    const { time, holds: some } = holds();
    some.raise({ why: "rate-limit", until: time.now + 600 });
    some.raise({ why: "storage-full", until: time.now + 900 });
    expect(some.nextEnd).toBe(1600);
    expect(some.blocking?.why).toBe("storage-full");
    time.now -= 1_000_000;
    time.elapsed = 1899;
    expect(some.blocking?.why).toBe("storage-full");
    time.elapsed = 1900;
    expect(some.blocking).toBeUndefined();
    expect(some.nextEnd).toBe(Infinity);
  });

  it("ends at the time that it tells, though the clock that never goes back stood still while the device slept", () => {
    const { time, holds: some } = holds();
    some.raise({ why: "daily-quota", until: time.now + 600 });
    time.now += 599;
    expect(some.blocking?.why).toBe("daily-quota");
    time.now += 1;
    expect(some.blocking).toBeUndefined();
    some.raise({ why: "storage-full", until: time.now + 20 * 3_600_000 });
    // Whoever rests until then is to see that it has ended.
    expect(some.nextEnd).toBe(time.elapsed + 60_000);
  });

  it("until a time that has passed ends at once", () => {
    const { time, holds: some } = holds();
    some.raise({ why: "daily-quota", until: time.now - 5000 });
    expect(some.nextEnd).toBe(1000);
    expect(some.blocking).toBeUndefined();
  });

  it("anew replaces itself", () => {
    const { time, holds: some } = holds();
    some.raise({ why: "paused", until: time.now + 10 });
    some.raise({ why: "paused" });
    expect(some.nextEnd).toBe(Infinity);
  });
});

describe("a restart", () => {
  const HOUR = 3_600_000;

  it("ends no pause, full storage or used-up quota, and every other hold", () => {
    const memory = new Map<string, unknown>();
    const until = 5_000_000 + HOUR;
    const { holds: before } = holds({}, {}, false, memory);
    before.raise({ why: "paused" });
    before.raise({ why: "storage-full", until });
    before.raise({ why: "daily-quota", until });
    before.raise({ why: "rate-limit", until });
    const { holds: after } = holds({}, {}, false, memory);
    expect(after.blocking).toEqual({ why: "paused" });
    after.lift("paused");
    expect(after.blocking).toEqual({ why: "storage-full", until });
    after.lift("storage-full");
    expect(after.blocking).toEqual({ why: "daily-quota", until });
    after.lift("daily-quota");
    expect(after.blocking).toBeUndefined();
    expect(holds({}, {}, false, memory).holds.blocking).toBeUndefined();
  });

  it("ends what is over by then, and what a wrong clock would have last for days", () => {
    const memory = new Map<string, unknown>();
    const { holds: before } = holds({}, {}, false, memory);
    before.raise({ why: "paused", until: 5_000_000 });
    before.raise({ why: "storage-full", until: 5_000_000 + 26 * HOUR });
    expect(holds({}, {}, false, memory).holds.blocking).toBeUndefined();
  });
});
