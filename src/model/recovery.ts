import type { VaultPath } from "./image";
import type { PhotosError } from "./photos-error";
import type { ByteSource } from "./ports";

/** What asking Google for items gave. */
export type Checked =
  | {
      readonly is: "checked";
      /** Items that are there. */
      readonly there: number;
      /** Items that are gone since they were last asked for. */
      readonly gone: number;
    }
  | { readonly is: "failed"; readonly error: PhotosError };

/** What putting images back came to. */
export interface Restoration {
  /** Put back with the bytes that were backed up, proved by fingerprint. */
  readonly same: number;
  /** Put back as a copy. */
  readonly copies: number;
  /** Not put back: not to be had, not the picture it should be, or another file is there by now. */
  readonly not: number;
  /** What broke it off. */
  readonly error?: PhotosError;
}

/** A file of an exported folder. */
export interface ExportedFile {
  readonly name: string;
  readonly source: ByteSource;
}

/** What people do with the account as the second truth. Nothing of it rejects. */
export interface RecoveryCommands {
  /** Asks Google for everything that the ledger says is there. */
  verify(): Promise<Checked>;
  /** Sends again what is gone from Google Photos, or was left out; what has come back meanwhile is not sent. */
  sendAgain(paths: readonly VaultPath[]): Promise<Checked>;
  /** Leaves removed images as they are: nobody is asked to look at them any more. */
  leave(paths: readonly VaultPath[]): Promise<void>;
  /** Leaves images out of the backup, and forgets items that are in Google Photos alone. */
  forget(paths: readonly VaultPath[]): Promise<void>;
  /** Says that the item which looks like an image is that image. */
  confirm(paths: readonly VaultPath[]): Promise<void>;
  /** Puts images back that are missing, or in Google Photos alone. */
  restore(paths: readonly VaultPath[]): Promise<Restoration>;
  /** Puts missing images back out of an exported folder. */
  restoreFrom(files: readonly ExportedFile[]): Promise<Restoration>;
}
