import type { App } from "obsidian";
import type { DeviceMemory } from "../model";

/** Device-local storage of this vault, which no sync service carries. */
export function createDeviceMemory(app: App, pluginId: string): DeviceMemory {
  const named = (key: string): string => `${pluginId}:${key}`;
  return {
    get: (key) => app.loadLocalStorage(named(key)) as unknown,
    set: (key, value) => {
      // Only `null` is documented to clear an entry. Where there is no room, an old value must not pass for the new one.
      try {
        app.saveLocalStorage(named(key), value ?? null);
      } catch {
        app.saveLocalStorage(named(key), null);
      }
    },
  };
}
