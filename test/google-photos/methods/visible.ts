import { badRequest } from "../wire/refusal";
import type { Bearer } from "../sign-in/sign-ins";
import type { Service } from "../service";
import type { HeldAlbum, HeldItem } from "../library/store";

/** Whether the user and client of a call may read an item at all: reading shows what the client made (§4.2). */
export function mayRead(service: Service, bearer: Bearer, item: HeldItem): boolean {
  if (item.account !== bearer.account) return false;
  if (!service.switches.onlyOwnItems || item.client === bearer.client) return true;
  return item.client === null && service.switches.preexisting === "visible" && item.albums.size > 0;
}

/** The item of an id as `get` and `batchGet` see it. */
export function itemById(service: Service, bearer: Bearer, id: string): HeldItem | undefined {
  const item = service.library.store.items.get(id);
  if (item === undefined || !mayRead(service, bearer, item)) return undefined;
  return item.binnedAt !== null && service.switches.binnedGet === "not-found" ? undefined : item;
}

/** Whether lists and searches show an item now: not while they lag, not while it is in the bin. */
export function isListed(service: Service, item: HeldItem): boolean {
  if (item.binnedAt !== null && service.switches.binnedList === "hidden") return false;
  return item.at + service.switches.listLagMs <= service.clock.now();
}

/** An album that a client may read; undefined for another client's. */
export function albumById(service: Service, bearer: Bearer, id: string): HeldAlbum | undefined {
  const album = service.library.store.albums.get(id);
  if (album?.account !== bearer.account) return undefined;
  return !service.switches.onlyOwnItems || album.client === bearer.client ? album : undefined;
}

/**
 * An album to put something into.
 *
 * @throws Refusal 400 where it does not exist or another client made it (§4.1)
 */
export function albumToWrite(service: Service, bearer: Bearer, id: string): HeldAlbum {
  const album = service.library.store.albums.get(id);
  if (album?.account !== bearer.account) throw badRequest("The provided ID does not match any albums.");
  if (service.switches.albumOwnership && album.client !== bearer.client) {
    throw badRequest("No permission to add media items to this album.");
  }
  return album;
}
