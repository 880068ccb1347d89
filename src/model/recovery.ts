import type { VaultPath } from "./image";
import type { PhotosError } from "./photos-error";

/** How the images of the vault stand, once Google has been asked. */
export interface CheckedImages {
  /** In Google Photos. */
  readonly there: number;
  /** Not there any more, found now or before. */
  readonly gone: number;
  /** Not asked for: too new for Google to know of them everywhere. */
  readonly young: number;
  /** Not asked for: the person had them there before, which a client cannot see. */
  readonly before: number;
}

/** What asking Google for items gave. */
export type Checked =
  ({ readonly is: "checked" } & CheckedImages) | { readonly is: "failed"; readonly error: PhotosError };

/** What putting images back came to. */
export interface Restoration {
  /** Put back with the bytes that were backed up, proved by fingerprint. */
  readonly same: number;
  /** Put back as a copy. */
  readonly copies: number;
  /** Not put back: not to be had, not the picture it should be, or another file is there by now. */
  readonly not: number;
  /** How many of these a phone leaves, since they are over its limit; absent where it leaves none. */
  readonly tooLarge?: number;
  /** What broke it off. */
  readonly error?: PhotosError;
}

/** A file of an exported folder, as a browser hands it over. */
export interface ExportedFile {
  readonly size: number;
  /** Rejects where it cannot be read. */
  arrayBuffer(): Promise<ArrayBuffer>;
}

/**
 * What people do with the account as the second truth. Nothing of it rejects; the answer is `undefined` where it cannot be
 * done now: nobody has signed in yet, another window does the work, or something broke, of which a hold tells.
 */
export interface RecoveryCommands {
  /** Asks Google for everything that the ledger says is there, once the vault was looked through. */
  verify(): Promise<Checked | undefined>;
  /**
   * Lets what is gone from Google Photos, or was left out, be sent again; what has come back meanwhile counts as safe. What is
   * still to be sent is backed up like any other.
   */
  want(paths: readonly VaultPath[]): Promise<Checked | undefined>;
  /** Leaves removed images as they are: nobody is asked to look at them any more. */
  leave(paths: readonly VaultPath[]): Promise<true | undefined>;
  /**
   * Leaves images out of the backup, and forgets items that no file of the vault stands for: nobody asks for them any more.
   */
  forget(paths: readonly VaultPath[]): Promise<true | undefined>;
  /** Says that the item which looks like an image is that image. */
  confirm(paths: readonly VaultPath[]): Promise<true | undefined>;
  /** Puts images back that are missing, or in Google Photos alone: Google's copies, or what an exported folder has. */
  restore(paths: readonly VaultPath[], files?: readonly ExportedFile[]): Promise<Restoration | undefined>;
}
