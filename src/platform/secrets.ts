import type { SecretStorage } from "obsidian";

/** This device's secrets, in Obsidian's SecretStorage and nowhere else. */
export interface SecretDoor {
  /** `undefined` where nothing was kept, or it was blanked. */
  get(id: string): string | undefined;
  /** An empty value blanks it, since the storage cannot delete. */
  set(id: string, value: string): void;
}

/** @param storage  `app.secretStorage`; its ids are lower-case letters, digits and dashes */
export function openSecrets(storage: Pick<SecretStorage, "getSecret" | "setSecret">): SecretDoor {
  return {
    get: (id) => storage.getSecret(id) || undefined,
    set: (id, value) => {
      // Nothing to blank: a secret that was never there is not made.
      if (value === "" && storage.getSecret(id) === null) return;
      storage.setSecret(id, value);
    },
  };
}
