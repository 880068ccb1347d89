import type { Entry, Place } from "../change";

export const sameEntry = (a: Entry, b: Entry): boolean =>
  "item" in a ? "item" in b && a.item === b.item : "enrichment" in b && a.enrichment === b.enrichment;

/** Puts entries into an album's order, in place; the end where the entry they should follow is gone. */
export function insertEntries(order: Entry[], entries: readonly Entry[], place: Place): void {
  if ("at" in place) {
    if (place.at === "first") order.unshift(...entries);
    else for (const entry of entries) order.push(entry);
    return;
  }
  const index = order.findIndex((entry) => sameEntry(entry, place.after));
  order.splice(index < 0 ? order.length : index + 1, 0, ...entries);
}
