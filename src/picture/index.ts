export {
  createPictures,
  type PictureOptions,
  type PictureWorks,
  type PreparedPicture,
  type SavingNote,
} from "./pictures";
export type { IncrementalHash } from "./fingerprint";
export { stripDate } from "./date/date-picture";
