import { afterEach, describe, expect, it, vi } from "vitest";
import { createConditions } from "../../src/platform/conditions";

const platform = vi.hoisted(() => ({ isMobile: false }));
vi.mock("obsidian", () => ({ Platform: platform }));

afterEach(() => {
  vi.unstubAllGlobals();
  platform.isMobile = false;
});

/** A device that can tell of everything. */
function device() {
  const connection = Object.assign(new EventTarget(), { type: "wifi" });
  const battery = Object.assign(new EventTarget(), { charging: true });
  const navigator = { onLine: true, connection, getBattery: () => Promise.resolve(battery) };
  const window = Object.assign(new EventTarget(), { navigator });
  const page = Object.assign(new EventTarget(), { visibilityState: "hidden" });
  vi.stubGlobal("window", window);
  vi.stubGlobal("document", page);
  vi.stubGlobal("activeDocument", page);
  return { window, page, connection, battery };
}

const found = (): Promise<void> => new Promise(setImmediate);

describe("the device's conditions", () => {
  it("are told whenever one of them may be another, until that is no longer wanted", async () => {
    const { window, page, connection, battery } = device();
    const conditions = createConditions();
    let told = 0;
    const end = conditions.watch(() => (told += 1));
    expect(conditions.read()).toEqual({ online: true, wifi: true, charging: undefined, background: false });
    await found();
    expect(told).toBe(1);
    expect(conditions.read().charging).toBe(true);
    const tellAll = (): void => {
      for (const name of ["online", "offline"]) window.dispatchEvent(new Event(name));
      page.dispatchEvent(new Event("visibilitychange"));
      connection.dispatchEvent(new Event("change"));
      battery.dispatchEvent(new Event("chargingchange"));
    };
    tellAll();
    expect(told).toBe(6);
    end();
    tellAll();
    expect(told).toBe(6);
    conditions.watch(() => (told += 10))();
    await found();
    expect(told).toBe(6);
  });

  it("are unknown where the device cannot tell, and a hidden phone works in the background", () => {
    device();
    const navigator = {
      onLine: false,
      connection: { type: "unknown", addEventListener: () => undefined },
      getBattery: () => Promise.reject(new Error("not allowed")),
    };
    vi.stubGlobal("window", Object.assign(new EventTarget(), { navigator }));
    platform.isMobile = true;
    const conditions = createConditions();
    conditions.watch(() => undefined)();
    expect(conditions.read()).toEqual({
      online: false,
      wifi: undefined,
      charging: undefined,
      background: true,
    });
  });
});
