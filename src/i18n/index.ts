export type { TextKey } from "./texts";
export { Words } from "./words";
