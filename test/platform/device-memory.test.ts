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
