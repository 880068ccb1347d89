export { checkGooglePhotos, restoreMissing, sendAgain } from "./actions";
export { openExport, openRestore } from "./restoring";
