import { settings } from "./settings";
import { signIn } from "./sign-in";
import { standing } from "./standing";
import { surfaces } from "./surfaces";
import type { TextKey, Texts } from "../texts";

/** Every string a person reads, in English; other languages have the same keys and placeholders. */
export const english = { ...standing, ...surfaces, ...settings, ...signIn } as const;

/*
 * The build puts a packed table in the place of this file (esbuild.config.mjs).
 */

export const englishText: Texts = (key) => english[key];

export const englishKeys = (): readonly TextKey[] => Object.keys(english) as TextKey[];
