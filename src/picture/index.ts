export { createPictures, type PictureOptions } from "./pictures";
export type { IncrementalHash } from "./fingerprint";
