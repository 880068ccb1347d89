export { checkGooglePhotos, restoreMissing, sendAgain } from "./actions";
export { itemsAway, openExport, openRestore } from "./restoring";
