export { openChoice } from "./choice-window";
export { BackupSettingTab } from "./settings-tab";
export { leaveOut } from "./folder-choice";
export { followRenamedFolders } from "./renamed-folders";
