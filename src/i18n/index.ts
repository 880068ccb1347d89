export type { PlainKey, TextKey } from "./texts";
export { Words } from "./words";
