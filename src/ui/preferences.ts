import { signal, type ReadonlySignal } from "@preact/signals-core";
import type { App } from "obsidian";
import { aBoolean, anObject, oneOf, orElse, readAs, type Shaped } from "../model";

/** How the surfaces look on this device, and what they have still to tell. `hover` leaves images that wait or need somebody marked all the time. */
export type Preferences = Readonly<Shaped<typeof PREFERENCES>>;

const PREFERENCES = anObject({
  imageMarks: orElse(oneOf(["always", "hover", "never"]), "hover"),
  explorerMarks: orElse(aBoolean, false),
  notices: orElse(aBoolean, true),
  /** Nobody chooses it: that the first backup is complete, which may be many starts after it began, is still to be told. */
  awaitsFirst: orElse(aBoolean, false),
});

const KEY = "vault-image-backup-surfaces";

/** The preferences, kept in the storage that Obsidian has for this vault on this device. */
export interface PreferenceStore {
  readonly now: ReadonlySignal<Preferences>;
  change(change: Partial<Preferences>): void;
}

export function openPreferences(app: App): PreferenceStore {
  const now = signal(readAs(PREFERENCES, app.loadLocalStorage(KEY) ?? {}) ?? PREFERENCES({}));
  return {
    now,
    change: (change) => {
      now.value = { ...now.peek(), ...change };
      app.saveLocalStorage(KEY, now.peek());
    },
  };
}
