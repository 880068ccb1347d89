import type { VaultPath } from "./image";

/** What a command is about: the whole vault, a folder, or single images. */
export type Scope =
  | { readonly of: "vault" }
  | { readonly of: "folder"; readonly path: string }
  | { readonly of: "images"; readonly paths: readonly VaultPath[] };

/** The commands that people give to backup. */
export interface BackupCommands {
  /** Sends now what is not yet backed up, whatever the quiet times; also ends "off" for these images. */
  backUp(scope: Scope): void;
  /** Tries failed images again. */
  tryAgain(scope: Scope): void;
  /** Stops sending after what is under way; `until` in milliseconds since 1970, without it until resumed. */
  pause(until?: number): void;
  resume(): void;
  /** Turns backup by itself off, or on again, on this device alone. */
  setOffHere(off: boolean): void;
  /** Whether backup by itself is off on this device. */
  readonly offHere: boolean;
  /** Images of this note go before the rest. */
  putFirst(paths: readonly VaultPath[]): void;
}
