export { checkGooglePhotos, recoveryActions, restoreMissing } from "./actions";
export { openExport } from "./restoring";
