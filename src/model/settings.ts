import { folderOf } from "./image";
import type { Recipe } from "./recipe";
import {
  aBoolean,
  aNumber,
  anObject,
  aText,
  fitting,
  listOf,
  oneOf,
  orElse,
  readAs,
  recordOf,
  withDefault,
  type Shape,
  type Shaped,
} from "./shape";

/** Version of the settings' form; an older one is taken over, a newer one is left untouched. */
export const SETTINGS_VERSION = 1;

/** Choices for the largest file that a phone sends, in MB. */
export const PHONE_FILE_LIMITS = [25, 50, 100, 200, 500] as const;

/**
 * Most images that are uploaded at a time: so many small ones as it takes to fill a link whose answers take 50 ms, though
 * the editor takes its turn in between. With twelve, 500 images of 100 kB took 3 % longer.
 */
export const MOST_UPLOADS = 16;

/** Made when settings are read, which not everything that knows of them does. */
function settingsSchema() {
  const folderList = listOf(aText) as Shape<readonly string[]>;
  return anObject({
    /** An older one becomes this one as it is read; a newer one stays what it is. */
    version: orElse((value) => Math.max(aNumber(value), SETTINGS_VERSION), SETTINGS_VERSION),
    /** The person has read what cannot be taken back and started the first backup. */
    started: orElse(aBoolean, false),
    /** Backs up by itself when an image appears or changes. */
    automatic: orElse(aBoolean, true),
    quality: orElse(oneOf(["original", "storage-saver"]), "original"),
    /** Writes a capture date into the copy of an image that has none. */
    dates: orElse(aBoolean, true),
    albums: orElse(oneOf(["vault", "folders", "none"]), "vault"),
    /**
     * Paths of folders, and in `exclude` of images; an empty `include` means the whole vault, and `exclude` wins. Here a
     * default would send what somebody left out.
     */
    folders: withDefault(
      anObject({ include: withDefault(folderList, []), exclude: withDefault(folderList, []) }),
      { include: [], exclude: [] },
    ),
    video: orElse(aBoolean, false),
    /** Names images by their marks alone: for those who share albums. */
    neutralNames: orElse(aBoolean, false),
    /** Sends the caption that a note gives an image, as its description. */
    captions: orElse(aBoolean, false),
    /** How many images are uploaded at a time, where the device can. */
    uploads: orElse(
      fitting<number>(
        (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MOST_UPLOADS,
      ),
      MOST_UPLOADS,
    ),
    /** The largest file that a phone sends, in MB: there, a file is whole in memory while it is sent. */
    phoneLimit: orElse(oneOf(PHONE_FILE_LIMITS), 100),
    /** Sends only over Wi-Fi or cable, where the device can tell. */
    wifiOnly: orElse(aBoolean, false),
    /** Sends only while the device charges, where it can tell. */
    chargingOnly: orElse(aBoolean, false),
    /** The albums we made: account → what it is for (`""` for the vault's) → Google's album id. */
    albumIds: orElse(recordOf(recordOf(aText)), {}),
    /** Accounts in which items of the vault may lie in none of its albums; when some last came there. */
    outsideAlbums: orElse(recordOf(aNumber), {}),
  });
}

/** What every device of a vault shares; lies in `data.json`. Secrets are never part of it. */
export type BackupSettings = Shaped<ReturnType<typeof settingsSchema>>;

/** Made when asked for: at load nobody does. */
export function defaultSettings(): BackupSettings {
  return readSettings({});
}

/**
 * Reads settings from what `data.json` holds; a value that makes no sense falls back to its default. Throws where that is so
 * of the choice of folders.
 */
export function readSettings(data: unknown): BackupSettings {
  return settingsSchema()(typeof data === "object" && data !== null ? data : {});
}

/** Whether the data was written by a newer version of the plugin than this one. */
export function isFromNewerVersion(data: unknown): boolean {
  return (readAs(anObject({ version: aNumber }), data)?.version ?? 0) > SETTINGS_VERSION;
}

/** The recipe that the settings ask for. */
export function chosenRecipe(settings: BackupSettings): Recipe {
  return { quality: settings.quality, dated: settings.dates };
}

/** The paths of a list, by the list: images can be left out by the thousand, and each is asked for all of them. */
const listed = new WeakMap<readonly string[], ReadonlySet<string>>();

function pathsOf(list: readonly string[]): ReadonlySet<string> {
  let paths = listed.get(list);
  if (!paths) listed.set(list, (paths = new Set(list)));
  return paths;
}

/** Whether a file lies in one of the folders, however deep; `""` and `"/"` stand for the whole vault. */
export function under(path: string, folders: readonly string[]): boolean {
  const paths = pathsOf(folders);
  for (let folder = folderOf(path); folder !== ""; folder = folderOf(folder))
    if (paths.has(folder)) return true;
  return paths.has("") || paths.has("/");
}

/** Whether the folder choice takes in the file at this path. */
export function folderChosen(path: string, folders: BackupSettings["folders"]): boolean {
  if (under(path, folders.exclude)) return false;
  return folders.include.length === 0 || under(path, folders.include);
}

/** Whether the image at this path was left out by itself, whatever is chosen of its folder. */
export function isLeftOut(path: string, folders: BackupSettings["folders"]): boolean {
  return pathsOf(folders.exclude).has(path);
}

/**
 * The folder choice after a folder or an image was renamed or moved; the same where it names nothing of it. What was left
 * out stays so under its old name as well: to another device the new name may come before the files do, or only later.
 */
export function renamedFolders(
  folders: BackupSettings["folders"],
  from: string,
  to: string,
): BackupSettings["folders"] {
  const within = [from];
  const isMeant = (path: string): boolean => path === from || under(path, within);
  const renamed = (path: string): string => (isMeant(path) ? to + path.slice(from.length) : path);
  const { include, exclude } = folders;
  const known = pathsOf(exclude);
  if (!include.some(isMeant) && exclude.every((path) => known.has(renamed(path)))) return folders;
  return { include: include.map(renamed), exclude: [...new Set([...exclude, ...exclude.map(renamed)])] };
}
