import { cutTo, folderOf, type AlbumId, type BackupSettings, type VaultPath } from "../../model";

/** Stands between a purpose and the number of a further album for it; a path in a vault never has two slashes in a row. */
const FURTHER = "//";

/** What the album for older versions is for; a path in a vault never begins with a slash. */
export const OLDER = "/older";

/** The same in every language, since all devices have to find it by its title. */
const OLDER_TITLE = " (older versions)";

/** Google takes at most this many items into one album (fact sheet §4.3). */
export const FULL_ALBUM = 20_000;

/** Google takes titles of at most this many characters (fact sheet §4.3). */
const LONGEST_TITLE = 500;

/** What the album of an image is for: `""` the vault's, else a folder's; `undefined` where there is none. */
export function albumPurpose(path: VaultPath, settings: BackupSettings): string | undefined {
  switch (settings.albums) {
    case "none":
      return undefined;
    case "vault":
      return "";
    case "folders":
      return folderOf(path);
  }
}

/**
 * The purpose under which the `nth` album is kept, counted from 1: one that is full is followed by a further one. Or one of
 * the same title, by its id: two devices have made one each.
 */
export function nthPurpose(purpose: string, nth: number | AlbumId): string {
  return nth === 1 ? purpose : `${purpose}${FURTHER}${String(nth)}`;
}

/** The title of the album for a purpose: `""` is the vault's own, anything else a folder of it. */
export function albumTitle(purpose: string, vaultName: string): string {
  const [folder = "", nth] = purpose.split(FURTHER);
  const end = nth === undefined ? "" : ` (${nth})`;
  if (folder === OLDER) return cut(vaultName, OLDER_TITLE + end);
  return cut(folder === "" ? vaultName : `${vaultName} / ${folder}`, end);
}

function cut(title: string, end: string): string {
  return cutTo(title, LONGEST_TITLE - end.length) + end;
}

/** Whether an album is for older versions. */
export function isOfOlder({ purpose }: { readonly purpose: string }): boolean {
  return purpose.split(FURTHER)[0] === OLDER;
}

/** What an album of this title is for, where it is one of this vault's. */
export function purposeOfTitle(title: string, vaultName: string): string | undefined {
  const [, base = title, nth] = /^(.*) \(([2-9]|[1-9]\d+)\)$/.exec(title) ?? [];
  if (nth === undefined || title === vaultName) return plainPurpose(title, vaultName);
  const purpose = plainPurpose(base, vaultName);
  return purpose === undefined ? undefined : nthPurpose(purpose, Number(nth));
}

/** The vault's name in the title of an album that is taken for a vault's. */
export function vaultNameIn(title: string): string {
  return title.replace(/ \/ .*$| \(older versions\)| \(\d\d?\)$/g, "");
}

function plainPurpose(title: string, vaultName: string): string | undefined {
  if (title === vaultName) return "";
  if (title === albumTitle(OLDER, vaultName)) return OLDER;
  return title.startsWith(`${vaultName} / `) ? title.slice(vaultName.length + 3) : undefined;
}
