/*
 * The program for pictures as page and worker share it. A plugin is one file and has no second one that a worker could
 * load, so the build puts one function in the place of this module: the page calls it, the worker is started from its
 * text. What else of this room touches a picture's bytes must come through here, or main.js would hold it twice.
 */

import * as program from "./program";

/** What works on a picture's bytes. Built, it runs when it is first asked for: Obsidian's start does not wait for it. */
export const pictureProgram = (): typeof program => program;

/** The worker's program, to be started from a Blob; absent where nothing was built. */
export const workerSource = ((): string | undefined => undefined)();
