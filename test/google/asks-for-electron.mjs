import { shell } from "electron";

/** Must not pass the build's check: on phones there is no such module. */
export const opens = shell;
