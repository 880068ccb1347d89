export { createPictures, type PictureOptions, type PreparedPicture } from "./pictures";
export type { IncrementalHash } from "./fingerprint";
export { stripDate } from "./date/date-picture";
