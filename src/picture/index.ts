export { createPictures, type PreparedPicture } from "./pictures";
export { stripDate } from "./shared-program";
