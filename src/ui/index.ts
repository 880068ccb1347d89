export { confirmAccountChange } from "./account";
export { closingWords } from "./closing-words";
export { addSurfaces, type Surfaces } from "./surfaces";
export type { SurfaceDeps } from "./surroundings";
