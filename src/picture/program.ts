/*
 * Everything that works on a picture's bytes. The page calls it, and the worker that decodes and encodes runs it: the
 * build makes one function of it, whose text is the worker's program (shared-program.ts).
 */

export { isDamaged, isDamagedVideo } from "./content/damage";
export { FORMATS, rightExtension } from "./content/formats";
export { recognise, TELLING_BYTES } from "./content/recognise";
export { pixelSize } from "./content/size";
export { datePicture, provesDate, stripDate } from "./date/date-picture";
export { embeddedDates } from "./date/embedded-dates";
export { deviceOffsetAt, isoTime } from "./date/moment";
export { saveStorage } from "./saver/save-storage";
export { serve } from "./saver/serve";
