export { checkGooglePhotos, restoreMissing, sendAgain, tellUndone } from "./actions";
export { openExport, openRestore } from "./restoring";
