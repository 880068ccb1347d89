export { ExportModal } from "./export-modal";
export { awayImage, checkGooglePhotos, recoveryActions, restoreMissing, type ImageAction } from "./actions";
