import {
  chosenRecipe,
  extensionOf,
  folderChosen,
  imageKind,
  isLeftOut,
  recipeFrom,
  recipeKey,
  type BackupSettings,
  type Fingerprint,
  type MediaItem,
  type Recipe,
  type Removal,
  type SkipReason,
  type VaultImage,
  type VaultPath,
} from "../../model";
import type { LedgerRecord } from "../ledger/ledger-record";
import { PackedItem } from "../ledger/packed-journal";

/** Largest photo and video that Google Photos takes, in bytes (fact sheet §6). */
const LARGEST_PHOTO = 200 * 1024 * 1024;
const LARGEST_VIDEO = 20 * 1024 * 1024 * 1024;

/** What is to happen to one image, and why. */
export type Step =
  | { readonly do: "nothing"; readonly item: MediaItem }
  | { readonly do: "ask"; readonly removal: Removal }
  | { readonly do: "skip"; readonly because: SkipReason }
  | { readonly do: "fingerprint" }
  | { readonly do: "send"; readonly recipe: Recipe };

/** What is known of an image without reading it. */
export interface Knowledge {
  /** Known where the index has the file at this size and time. */
  readonly fingerprint?: Fingerprint | undefined;
  /** Why its content cannot be sent, where that was found before. */
  readonly skip?: SkipReason | undefined;
  /** What the ledger says of the fingerprint in the account in use. */
  readonly record?: LedgerRecord | PackedItem | undefined;
}

/** Whether an image is looked for at all: videos only where the person turned them on. */
export function isLookedFor(path: VaultPath, settings: BackupSettings): boolean {
  const kind = imageKind(path);
  return kind !== undefined && (kind !== "video" || settings.video);
}

/**
 * Decides from what is known what happens to one image. Reads nothing, changes nothing.
 *
 * @param isPhone  whether what is over the limit for phones is left
 */
export function planImage(
  image: VaultImage,
  known: Knowledge,
  settings: BackupSettings,
  isPhone = false,
): Step {
  const { fingerprint, record } = known;
  // What is safe stays so whatever is chosen later: a change of settings applies to what is not yet backed up.
  if (record instanceof PackedItem) return { do: "nothing", item: record };
  if (record?.item !== undefined) return { do: "nothing", item: record.item };
  // And that it is gone is told, whatever was chosen since: only a person can decide about it.
  if (record?.removed !== undefined) return { do: "ask", removal: record.removed };
  if (isLeftOut(image.path, settings.folders)) return { do: "skip", because: "forgotten" };
  if (!folderChosen(image.path, settings.folders)) return { do: "skip", because: "folder" };
  const limit = skipUnread(image, largestHere(settings, isPhone));
  if (limit !== undefined) return { do: "skip", because: limit };
  if (known.skip !== undefined) return { do: "skip", because: known.skip };
  if (fingerprint === undefined) return { do: "fingerprint" };
  if (record?.isForgotten === true) return { do: "skip", because: "forgotten" };
  if (record?.guess !== undefined) return { do: "skip", because: "maybe-there" };
  // An intent of unknown outcome is carried on under its own recipe, whatever the settings say by now.
  const intent = record?.openIntents.at(-1);
  const recipe = intent ? recipeFrom(intent.recipe) : chosenRecipe(settings);
  if (record?.isRefused(recipeKey(recipe)) === true) return { do: "skip", because: "not-an-image" };
  return { do: "send", recipe };
}

/** The largest file that this device takes into its memory, in bytes: a phone holds it whole. */
export function largestHere(settings: BackupSettings, isPhone = false): number {
  return isPhone ? settings.phoneLimit * 1_000_000 : Infinity;
}

/** Why an image is not even read. */
function skipUnread(image: VaultImage, largest: number): SkipReason | undefined {
  const kind = imageKind(image.path);
  if (kind === "vector" || (kind === "video" && extensionOf(image.path) === "webm")) return "type";
  if (image.size === 0) return "empty";
  if (image.size > (kind === "video" ? LARGEST_VIDEO : LARGEST_PHOTO)) return "too-large";
  return image.size > largest ? "too-large-phone" : undefined;
}
