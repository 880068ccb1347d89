export { awayImage, checkGooglePhotos, recoveryActions, restoreMissing, type ImageAction } from "./actions";
export { openExport } from "./restoring";
