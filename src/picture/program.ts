/*
 * Everything that works on a picture's bytes. The page calls it, and the worker that decodes and encodes runs it: the
 * build makes one function of it, whose text is the worker's program (shared-program.ts).
 */

export { isDamagedFilm } from "./content/film";
export { isFilm, sentAs } from "./content/formats";
export { readPicture } from "./content/read-picture";
export { recognise, TELLING_BYTES } from "./content/recognise";
export { datePicture, withoutDate } from "./date/date-picture";
export { embeddedDates } from "./date/embedded-dates";
export { sizeToSave, SMALL_BYTES } from "./saver/leave";
export { saveStorage } from "./saver/save-storage";
export { serve } from "./saver/serve";
