export { createPictures, type PictureOptions, type PreparedPicture } from "./pictures";
export { stripDate } from "./date/date-picture";
