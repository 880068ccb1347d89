export { createPictures, type PreparedPicture } from "./pictures";
