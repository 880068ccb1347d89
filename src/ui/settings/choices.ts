import type { PlainKey } from "../../i18n";
import type { BackupSettings } from "../../model";
import type { Preferences } from "../preferences";
import type { Say } from "../surroundings";

/** The choices of each setting that has some, in the order they are shown. */
export const CHOICES = {
  automatic: ["on", "off", "off-here"],
  quality: ["original", "storage-saver"],
  albums: ["vault", "folders", "none"],
  marks: ["hover", "always", "never"],
} as const satisfies {
  readonly automatic: readonly string[];
  readonly quality: readonly BackupSettings["quality"][];
  readonly albums: readonly BackupSettings["albums"][];
  readonly marks: readonly Preferences["imageMarks"][];
};

export type Chosen = keyof typeof CHOICES;

/** The texts of a setting's choices, as a list to choose from wants them. */
export function optionsOf(name: Chosen, say: Say): Record<string, string> {
  // The two lists of keys are one: a test of the settings meets each of them.
  return Object.fromEntries(
    CHOICES[name].map((value) => [value, say(`settings.${name}.${value}` as PlainKey)]),
  );
}
