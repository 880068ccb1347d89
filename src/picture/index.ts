export { createPictures } from "./pictures";
