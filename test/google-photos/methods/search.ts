import { scope } from "../sign-in/scopes";
import { badRequest } from "../wire/refusal";
import { readMessage } from "../wire/proto-json";
import type { HeldItem } from "../library/store";
import { itemPage, newestFirst, oldestFirst } from "./media-items";
import { searchRequest, type SearchRequest } from "./messages";
import { page, pageSize } from "./paging";
import type { Admitted, PhotosMethod } from "./photos-method";
import { albumById, isListed, mayRead } from "./visible";

type Filters = NonNullable<SearchRequest["filters"]>;
type DateFilter = NonNullable<Filters["dateFilter"]>;
type CalendarDate = NonNullable<DateFilter["dates"]>[number];

const dayNumber = ({ year = 0, month = 0, day = 0 }: CalendarDate): number =>
  year * 10_000 + month * 100 + day;

/** Whether a capture date is among the dates and ranges asked for; the upload's time never counts (§4.2). */
function matchesDate(item: HeldItem, filter: DateFilter): boolean {
  if (item.media.captured === null) return false;
  const when = new Date(item.media.captured);
  const [year, month, day] = [when.getUTCFullYear(), when.getUTCMonth() + 1, when.getUTCDate()];
  const isOn = (date: CalendarDate): boolean =>
    (!date.year || date.year === year) &&
    (!date.month || date.month === month) &&
    (!date.day || date.day === day);
  const today = dayNumber({ year, month, day });
  return (
    (filter.dates ?? []).some(isOn) ||
    (filter.ranges ?? []).some(
      ({ startDate, endDate }) => dayNumber(startDate ?? {}) <= today && today <= dayNumber(endDate ?? {}),
    )
  );
}

/** Nothing here knows what a picture shows: every item is of no category, and nobody's favourite. */
function matches(item: HeldItem, filters: Filters): boolean {
  const { dateFilter, contentFilter, mediaTypeFilter, featureFilter } = filters;
  if (dateFilter !== undefined && !matchesDate(item, dateFilter)) return false;
  const included = contentFilter?.includedContentCategories ?? [];
  if (included.length > 0 && !included.includes("NONE")) return false;
  const type = mediaTypeFilter?.mediaTypes?.[0] ?? "ALL_MEDIA";
  if (type !== "ALL_MEDIA" && type.toLowerCase() !== item.media.kind) return false;
  return !(featureFilter?.includedFeatures ?? []).includes("FAVORITES");
}

function checkFilters({ dateFilter, contentFilter, mediaTypeFilter }: Filters): void {
  if ((dateFilter?.dates ?? []).length > 5)
    throw badRequest("A maximum of five dates can be included per request.");
  if ((dateFilter?.ranges ?? []).length > 5)
    throw badRequest("A maximum of five date ranges can be included per request.");
  if ((mediaTypeFilter?.mediaTypes ?? []).length > 1)
    throw badRequest("Only one media type can be included per request.");
  const included = contentFilter?.includedContentCategories ?? [];
  const excluded = contentFilter?.excludedContentCategories ?? [];
  if (included.length > 10 || excluded.length > 10)
    throw badRequest("A maximum of ten content categories can be given.");
  if (included.some((category) => excluded.includes(category))) {
    throw badRequest("A content category cannot be both included and excluded.");
  }
}

function searchAlbum({ service, bearer }: Admitted, body: SearchRequest, id: string): unknown {
  if (body.filters !== undefined)
    throw badRequest("Filters and an album ID cannot be set in the same request.");
  if (body.orderBy !== undefined) throw badRequest("Order by is only supported with a date filter.");
  const size = pageSize(service, body.pageSize, 25, 100);
  const album = albumById(service, bearer, id);
  if (album === undefined) throw badRequest("The provided ID does not match any albums.");
  const places = new Map<string, number>();
  const items = album.order.flatMap((entry, place) => {
    const item = "item" in entry ? service.library.store.items.get(entry.item) : undefined;
    if (item === undefined || !mayRead(service, bearer, item) || !isListed(service, item)) return [];
    places.set(item.id, place);
    return [item];
  });
  const found = page(
    service,
    items,
    { what: `album ${id}`, size, token: body.pageToken },
    {
      keyOf: (item) => item.id,
      isAfter: (item, key) => (places.get(item.id) ?? 0) > (places.get(key) ?? -1),
    },
  );
  return itemPage(service, found, id);
}

export const search: PhotosMethod = {
  name: "mediaItems.search",
  kind: "other",
  verb: "POST",
  path: /^\/v1\/mediaItems:search$/,
  scopes: [scope.read],
  run(call) {
    const { service, bearer, incoming } = call;
    const body = readMessage(incoming, searchRequest);
    if (body.albumId !== undefined && body.albumId !== "") return searchAlbum(call, body, body.albumId);
    const filters = body.filters ?? {};
    checkFilters(filters);
    const order = body.orderBy ?? "";
    if (!["", "MediaMetadata.creation_time", "MediaMetadata.creation_time desc"].includes(order)) {
      throw badRequest("Invalid order by.");
    }
    if (order !== "" && filters.dateFilter === undefined) {
      throw badRequest("Order by is only supported with a date filter.");
    }
    const size = pageSize(service, body.pageSize, 25, 100);
    const upward = order === "MediaMetadata.creation_time";
    const items = service.library.store
      .newestFirst()
      .filter((item) => mayRead(service, bearer, item) && isListed(service, item) && matches(item, filters));
    const asked = { what: JSON.stringify([filters, order]), size, token: body.pageToken };
    const found = page(service, upward ? items.reverse() : items, asked, upward ? oldestFirst : newestFirst);
    return itemPage(service, found);
  },
};
