import { takePictures } from "./take-pictures";

/** `npm run screenshots`: makes the pictures of `docs/images/` anew, from the built plugin on the sample vault. */
await takePictures(console.log);
