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

/** Keeps the preferences in the storage that Obsidian has for this vault on this device. */
export class PreferenceStore {
  readonly #now;

  constructor(private readonly app: App) {
    this.#now = signal(readPreferences(app.loadLocalStorage(KEY)));
  }

  get now(): ReadonlySignal<Preferences> {
    return this.#now;
  }

  change(change: Partial<Preferences>): void {
    this.#now.value = { ...this.#now.peek(), ...change };
    this.app.saveLocalStorage(KEY, this.#now.peek());
  }
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
