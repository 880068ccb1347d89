import { settings } from "./settings";
import { signIn } from "./sign-in";
import { standing } from "./standing";
import { surfaces } from "./surfaces";

/** Every string a person reads, in English; other languages have the same keys and placeholders. */
export const english = { ...standing, ...surfaces, ...settings, ...signIn } as const;
