import type { AlbumId } from "../model";
import { albumTitle, FULL_ALBUM, nthPurpose } from "./album-purpose";
import type { AccountView } from "./account-view";
import type { Context } from "./context";

/** An album and what it is kept for. */
export interface ChosenAlbum {
  readonly id: AlbumId;
  readonly purpose: string;
}

/**
 * The album for a purpose with room for so many items more, made with its first one; one that is full is followed by a
 * further one. Throws `PhotosError`.
 */
export async function albumWithRoom(
  purpose: string,
  more: number,
  view: AccountView,
  { ports, signal }: Context,
): Promise<ChosenAlbum> {
  const { settings, vault, limits } = ports;
  for (let nth = 1; ; nth += 1) {
    const key = nthPurpose(purpose, nth);
    const known = settings.read().albumIds[view.account]?.[key] as AlbumId | undefined;
    const id = known ?? (await view.ensureAlbum(albumTitle(key, vault.name), signal));
    if (known === undefined) await settings.rememberAlbum(view.account, key, id);
    if (view.sizeOf(id) + more <= (limits.albumItems ?? FULL_ALBUM)) return { id, purpose: key };
  }
}
