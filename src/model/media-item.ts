import type { AlbumId, MediaItemId } from "./identity";
import type { RecipeKey } from "./recipe";

/**
 * How we came to know an item: made by us, found by looking in the account, or answered by Google for bytes the
 * user already had from elsewhere (such an item carries another name and this client may not be able to see it).
 */
export type Origin = "created" | "found" | "preexisting";

/** What Google Photos holds for a fingerprint, made by one recipe. */
export interface MediaItem {
  readonly id: MediaItemId;
  /** Leads its owner to it in Google Photos (fact sheet §5). */
  readonly url: string;
  readonly recipe: RecipeKey;
  readonly origin: Origin;
  readonly album?: AlbumId | undefined;
  /** When this became known, milliseconds since 1970. */
  readonly since: number;
  /** Size of the sent bytes, where this device or another one noted it. */
  readonly bytes?: number | undefined;
  /** It has over 100 million pixels: Google's own apps have refused such photos. */
  readonly huge?: true | undefined;
  /** The file in the vault was put back from it: with the bytes that were backed up, or as Google's own copy. */
  readonly restored?: Restored | undefined;
}

export type Restored = "same" | "copy";
