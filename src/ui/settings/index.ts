export { FoldersModal } from "./folders-modal";
export { BackupSettingTab } from "./settings-tab";
