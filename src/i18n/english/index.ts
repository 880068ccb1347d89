import { settings } from "./settings";
import { signIn } from "./sign-in";
import { standing } from "./standing";
import { surfaces } from "./surfaces";

/** Every string a person reads, in English; other languages have the same keys and placeholders. */
export const english = { ...standing, ...surfaces, ...settings, ...signIn } as const;

/** Answers a text. The build puts a packed table in the place of this module (esbuild.config.mjs). */
export const englishText = <Key extends keyof typeof english>(key: Key): (typeof english)[Key] =>
  english[key];

/** The place of a text in a packed table. */
export const englishPlace = (key: keyof typeof english): number => Object.keys(english).indexOf(key);
