import * as v from "valibot";
import type { Recipe } from "./recipe";

/** Version of the settings' form; an older one is taken over, a newer one is left untouched. */
export const SETTINGS_VERSION = 1;

/** Choices for the largest file that a phone sends, in MB. */
export const PHONE_FILE_LIMITS = [25, 50, 100, 200, 500] as const;

/** Most images that are uploaded at a time: so many small ones as it takes to fill a link whose answers take 50 ms. */
export const MOST_UPLOADS = 12;

/** Made when settings are read, which not everything that knows of them does. */
function settingsSchema() {
  const folderList = v.pipe(v.array(v.string()), v.readonly());
  return v.object({
    /** An older one becomes this one as it is read; a newer one stays what it is. */
    version: v.fallback(
      v.pipe(
        v.number(),
        v.transform((version) => Math.max(version, SETTINGS_VERSION)),
      ),
      SETTINGS_VERSION,
    ),
    /** The person has read what cannot be taken back and started the first backup. */
    started: v.fallback(v.boolean(), false),
    /** Backs up by itself when an image appears or changes. */
    automatic: v.fallback(v.boolean(), true),
    quality: v.fallback(v.picklist(["original", "storage-saver"]), "original"),
    /** Writes a capture date into the copy of an image that has none. */
    dates: v.fallback(v.boolean(), true),
    albums: v.fallback(v.picklist(["vault", "folders", "none"]), "vault"),
    /** Folder paths; an empty `include` means the whole vault, and `exclude` wins. */
    folders: v.fallback(
      v.object({ include: v.fallback(folderList, []), exclude: v.fallback(folderList, []) }),
      {
        include: [],
        exclude: [],
      },
    ),
    video: v.fallback(v.boolean(), false),
    /** Names images by their marks alone: for those who share albums. */
    neutralNames: v.fallback(v.boolean(), false),
    /** Sends the caption that a note gives an image, as its description. */
    captions: v.fallback(v.boolean(), false),
    /** How many images are uploaded at a time, where the device can. */
    uploads: v.fallback(
      v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_UPLOADS)),
      MOST_UPLOADS,
    ),
    /** The largest file that a phone sends, in MB: there, a file is whole in memory while it is sent. */
    phoneLimit: v.fallback(v.picklist(PHONE_FILE_LIMITS), 100),
    /** Sends only over Wi-Fi or cable, where the device can tell. */
    wifiOnly: v.fallback(v.boolean(), false),
    /** Sends only while the device charges, where it can tell. */
    chargingOnly: v.fallback(v.boolean(), false),
    /** The albums we made: account → what it is for (`""` for the vault's) → Google's album id. */
    albumIds: v.fallback(v.record(v.string(), v.record(v.string(), v.string())), {}),
  });
}

/** What every device of a vault shares; lies in `data.json`. Secrets are never part of it. */
export type BackupSettings = v.InferOutput<ReturnType<typeof settingsSchema>>;

export const DEFAULT_SETTINGS: BackupSettings = /* @__PURE__ */ readSettings({});

/** Reads settings from what `data.json` holds; a value that makes no sense falls back to its default. */
export function readSettings(data: unknown): BackupSettings {
  return v.parse(settingsSchema(), typeof data === "object" && data !== null ? data : {});
}

/** Whether the data was written by a newer version of the plugin than this one. */
export function isFromNewerVersion(data: unknown): boolean {
  const found = v.safeParse(v.object({ version: v.number() }), data);
  return found.success && found.output.version > SETTINGS_VERSION;
}

/** The recipe that the settings ask for. */
export function chosenRecipe(settings: BackupSettings): Recipe {
  return { quality: settings.quality, dated: settings.dates };
}

/** Whether a folder path is one of the listed ones or lies under one. */
function under(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => folder === "" || folder === "/" || path.startsWith(`${folder}/`));
}

/** Whether the folder choice takes in the file at this path. */
export function folderChosen(path: string, folders: BackupSettings["folders"]): boolean {
  if (under(path, folders.exclude)) return false;
  return folders.include.length === 0 || under(path, folders.include);
}
