import type { App } from "obsidian";
import { expect, it } from "vitest";
import { createDeviceMemory } from "../../src/platform/device-memory";

it("what a device forgets is cleared as Obsidian documents it: by null", () => {
  const kept = new Map<string, unknown>();
  const memory = createDeviceMemory(
    {
      loadLocalStorage: (key: string) => kept.get(key),
      saveLocalStorage: (key: string, value: unknown) => void kept.set(key, value),
    } as unknown as App,
    "vault-image-backup",
  );
  memory.set("count", 3);
  expect(memory.get("count")).toBe(3);
  memory.set("count", undefined);
  expect([...kept]).toEqual([["vault-image-backup:count", null]]);
});

it("what there is no room for is not taken for what was there before, and breaks nothing", () => {
  const kept = new Map<string, unknown>();
  const memory = createDeviceMemory(
    {
      loadLocalStorage: (key: string) => kept.get(key),
      saveLocalStorage: (key: string, value: unknown) => {
        if (value === 4) throw new Error("QuotaExceededError");
        kept.set(key, value);
      },
    } as unknown as App,
    "vault-image-backup",
  );
  memory.set("count", 3);
  memory.set("count", 4);
  expect(memory.get("count")).toBeNull();
});
