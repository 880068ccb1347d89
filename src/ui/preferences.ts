import { signal, type ReadonlySignal } from "@preact/signals-core";
import type { App } from "obsidian";

/** How the surfaces look on this device. `hover` leaves images that are not safe marked all the time. */
export interface Preferences {
  readonly imageMarks: "always" | "hover" | "never";
  readonly explorerMarks: boolean;
  readonly notices: boolean;
}

const KEY = "vault-image-backup-surfaces";
const DEFAULTS: Preferences = { imageMarks: "hover", explorerMarks: false, notices: true };

/** The preferences, kept in the storage that Obsidian has for this vault on this device. */
export interface PreferenceStore {
  readonly now: ReadonlySignal<Preferences>;
  change(change: Partial<Preferences>): void;
}

export function openPreferences(app: App): PreferenceStore {
  const now = signal(readPreferences(app.loadLocalStorage(KEY)));
  return {
    now,
    change: (change) => {
      now.value = { ...now.peek(), ...change };
      app.saveLocalStorage(KEY, now.peek());
    },
  };
}

function readPreferences(kept: unknown): Preferences {
  if (typeof kept !== "object" || kept === null) return DEFAULTS;
  const { imageMarks, explorerMarks, notices } = kept as Readonly<Record<string, unknown>>;
  return {
    imageMarks: imageMarks === "always" || imageMarks === "never" ? imageMarks : DEFAULTS.imageMarks,
    explorerMarks: explorerMarks === true,
    notices: notices !== false,
  };
}
