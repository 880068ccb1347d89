import { badRequest } from "../wire/refusal";
import type { Place } from "../change";
import type { AlbumPosition } from "./messages";

/** Where in an album new things go, as a request says it; at the end where it says nothing. */
export function placeOf(position: AlbumPosition | undefined): Place {
  switch (position?.position) {
    case "FIRST_IN_ALBUM":
      return { at: "first" };
    case "AFTER_MEDIA_ITEM":
      if (position.relativeMediaItemId === undefined)
        throw badRequest("A relative media item ID must be given.");
      return { after: { item: position.relativeMediaItemId } };
    case "AFTER_ENRICHMENT_ITEM":
      if (position.relativeEnrichmentItemId === undefined)
        throw badRequest("A relative enrichment item ID must be given.");
      return { after: { enrichment: position.relativeEnrichmentItemId } };
    default:
      return { at: "last" };
  }
}
