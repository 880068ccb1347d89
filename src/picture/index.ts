export { createPictures, type PreparedPicture } from "./pictures";
export { stripDate } from "./date/date-picture";
