import type { Hold } from "./hold";
import type { AwayImage, ImageState } from "./state";
import type { VaultPath } from "./image";

/** What backup tells; `status/` folds it into what every surface shows. Times are milliseconds since 1970. */
export type BackupEvent =
  /** Each image's new state; `undefined` where the file is gone. Many at a time. */
  | { readonly type: "images"; readonly states: ReadonlyMap<VaultPath, ImageState | undefined> }
  /** The vault has been looked through: the totals are true from now on. */
  | { readonly type: "looked-through" }
  /** Another account is in use, or what is known of it has changed: other images may be away now. */
  | { readonly type: "account-seen" }
  /** All images that are away: of those that were before, no other one is any more. */
  | { readonly type: "away"; readonly images: readonly AwayImage[] }
  | { readonly type: "hold"; readonly hold: Hold | undefined }
  /** Bytes of images handed to Google since the run began. */
  | { readonly type: "sent"; readonly bytes: number }
  | { readonly type: "run-began"; readonly at: number }
  /** Nothing is left that can be done now. */
  | { readonly type: "run-ended"; readonly at: number };
