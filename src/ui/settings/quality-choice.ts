import type { Words } from "../../i18n";
import type { BackupSettings } from "../../model";

export function qualityOptions(words: Words): Record<BackupSettings["quality"], string> {
  return {
    original: words.say("settings.quality.original"),
    "storage-saver": words.say("settings.quality.storage-saver"),
  };
}

export function isQuality(value: unknown): value is BackupSettings["quality"] {
  return value === "original" || value === "storage-saver";
}
