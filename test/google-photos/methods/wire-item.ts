import type { Bearer } from "../sign-in/sign-ins";
import { scope } from "../sign-in/scopes";
import type { Service } from "../service";
import type { HeldAlbum, HeldItem } from "../library/store";
import { baseUrl } from "../downloads/base-url";

/** Leaves out what proto3's JSON leaves out: empty strings, false, zero and empty lists (fact sheet §4). */
function sparse(message: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(message).filter(
    ([, value]) =>
      value !== undefined && value !== "" && value !== false && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(kept);
}

const int64 = (value: number): string | undefined => (value === 0 ? undefined : String(value));

/** An item as the API shows it (fact sheet §4.5). */
export function wireItem(
  service: Service,
  item: HeldItem,
  show: { baseUrl: boolean; inAlbum?: string },
): Record<string, unknown> {
  const { media } = item;
  const inAlbum = show.inAlbum === undefined ? "" : `album/${show.inAlbum}/`;
  const details =
    media.kind === "photo" ? { photo: media.camera } : { video: { ...media.camera, status: "READY" } };
  return sparse({
    id: item.id,
    description: item.description,
    productUrl: `${service.origin}/lr/${inAlbum}photo/${item.id}`,
    baseUrl: show.baseUrl ? baseUrl(service, item.id) : undefined,
    mimeType: media.mimeType,
    mediaMetadata: sparse({
      creationTime: new Date(item.creationTime).toISOString().replace(".000Z", "Z"),
      width: int64(media.width),
      height: int64(media.height),
      ...details,
    }),
    filename: item.filename,
  });
}

/** How many items an album says it holds. */
export function countOf(service: Service, album: HeldAlbum): number {
  const { store } = service.library;
  const until = service.clock.now() - service.switches.countLagMs;
  let count = 0;
  for (const [id, at] of album.added) {
    const item = store.items.get(id);
    const counts = item?.client !== null || service.switches.preexisting !== "hidden";
    if (item !== undefined && item.binnedAt === null && counts && at <= until) count += 1;
  }
  return count;
}

/** The item whose picture stands for an album that was given no cover. */
function firstPicture(service: Service, album: HeldAlbum, bearer: Bearer): string | undefined {
  for (const entry of album.order) {
    const item = "item" in entry ? service.library.store.items.get(entry.item) : undefined;
    if (item?.binnedAt === null && item.client === bearer.client) return item.id;
  }
  return undefined;
}

/** An album as the API shows it: the count as a string and left out when 0. */
export function wireAlbum(service: Service, album: HeldAlbum, bearer: Bearer): Record<string, unknown> {
  const cover = album.cover ?? firstPicture(service, album, bearer);
  return sparse({
    id: album.id,
    title: album.title,
    productUrl: `${service.origin}/lr/album/${album.id}`,
    isWriteable: bearer.scopes.includes(scope.append) || bearer.scopes.includes(scope.edit),
    mediaItemsCount: int64(countOf(service, album)),
    coverPhotoBaseUrl: cover === undefined ? undefined : baseUrl(service, cover),
    coverPhotoMediaItemId: cover,
  });
}
