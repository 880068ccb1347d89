import { redrawRooms } from "./rooms";
import { takePictures } from "./take-pictures";
import { takeStates } from "./take-states";
import { takeSurfaces } from "./take-surfaces";

/** `npm run screenshots`: makes the pictures of `docs/` anew, from the code and from the plugin on the sample vault. */
await redrawRooms(console.log);
await takePictures(console.log);
await takeStates(console.log);
await takeSurfaces(console.log);
